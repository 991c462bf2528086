"""Barcodes with right check digits. The numbers begin with 2: GS1 leaves those to everybody's own use."""


def with_check_digit(digits):
    """The GS1 check digit behind the digits: weights 3, 1, 3, … from the right."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return digits + str(-total % 10)


def ean_13(number):
    return with_check_digit(f"20{number:010d}")


def itf_14(number):
    return with_check_digit(f"120{number:010d}")


def gs1(number, serial):
    """(01) GTIN (21) serial, as a reader hands it on."""
    return "01" + with_check_digit(f"020{number:010d}") + "21" + serial


def with_wrong_check_digit(value):
    return value[:-1] + str((int(value[-1]) + 3) % 10)
