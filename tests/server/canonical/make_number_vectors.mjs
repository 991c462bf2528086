// Writes "<bits of a double in hex> <String(double)>" lines: JavaScript's own number formatting is
// the oracle for tests/server/canonical/test_canonical_json.c.
//
//   node make_number_vectors.mjs [RANDOM_COUNT] > number_vectors.txt
//   number_vectors.txt in the repository: RANDOM_COUNT 300.

const randomCount = Number(process.argv[2] ?? 300);
const view = new DataView(new ArrayBuffer(8));
const lines = new Set();

function add(number) {
    if (!Number.isFinite(number)) return;
    view.setFloat64(0, number);
    const bits = view.getBigUint64(0).toString(16).padStart(16, '0');
    lines.add(`${bits} ${String(number)}`);
}

// xorshift64*: the same doubles in every run.
let state = 0x9e3779b97f4a7c15n;
function random64() {
    state ^= state >> 12n;
    state = BigInt.asUintN(64, state ^ (state << 25n));
    state ^= state >> 27n;
    return BigInt.asUintN(64, state * 0x2545f4914f6cdd1dn);
}

function fromBits(bits) {
    view.setBigUint64(0, BigInt.asUintN(64, bits));
    return view.getFloat64(0);
}

// RFC 8785, appendix B.
for (const bits of ['0000000000000000', '8000000000000000', '0000000000000001', '8000000000000001',
    '7fefffffffffffff', 'ffefffffffffffff', '4340000000000000', 'c340000000000000',
    '4430000000000000', '44b52d02c7e14af5', '44b52d02c7e14af6', '44b52d02c7e14af7',
    '444b1ae4d6e2ef4e', '444b1ae4d6e2ef4f', '444b1ae4d6e2ef50', '3eb0c6f7a0b5ed8c',
    '3eb0c6f7a0b5ed8d', '41b3de4355555553', '41b3de4355555554', '41b3de4355555555',
    '41b3de4355555556', '41b3de4355555557', 'becbf647612f3696', '43143ff3c1cb0959'])
    add(fromBits(BigInt(`0x${bits}`)));

// Powers of two have unequal neighbours: the shortest digits are not always the nearest ones.
for (let exponent = -1074; exponent < 1024; exponent++) {
    const power = exponent < -1022 ? fromBits(1n << BigInt(exponent + 1074))
        : fromBits(BigInt(exponent + 1023) << 52n);
    let nearest = power;
    for (let digits = 1; digits <= 17; digits++)
        if (Number(power.toExponential(digits - 1)) === power) {
            nearest = power.toExponential(digits - 1);
            break;
        }
    if (randomCount > 1000 || nearest !== power.toExponential() || exponent % 50 === 0)
        add(power);
}
for (let exponent = -24; exponent <= 24; exponent++) {
    const power = Number(`1e${exponent}`);
    view.setFloat64(0, power);
    const bits = view.getBigUint64(0);
    for (const step of [-1n, 0n, 1n]) add(fromBits(bits + step));
}
for (let i = 0; i < randomCount; i++) {
    const bits = random64();
    const kind = i % 5;
    if (kind === 0) add(fromBits(bits)); // any double
    else if (kind === 1) add(Number(bits >> 11n) / 2 ** Number(bits % 53n)); // everyday sizes
    else if (kind === 2) add(Number(bits % 36000000000n) / 1e8 - 180); // degrees
    else if (kind === 3) add(Number(bits % 100000n) / 100); // metres, quantities
    else add(Number(bits % 10n ** (bits >> 40n & 15n)) / 10 ** Number(bits % 14n)); // decimals of few places
}
console.log([...lines].join('\n'));
