# The certificate authority of this machine, and the certificate that it signs for nginx: sourced by script/front.
# A phone that was told once to trust the authority (front/trust/) goes on when an address changes or a year is over.
# The authority lives in FOLDER/authority/ of nginx's user; only FOLDER/public/ is served.

# What the authority may speak for, whoever gets its key: private addresses, this machine's own names, and its public
# addresses. Chrome (since version 112) and iOS hold it to that.
private_networks=(10.0.0.0/255.0.0.0 172.16.0.0/255.240.0.0 192.168.0.0/255.255.0.0 100.64.0.0/255.192.0.0
    169.254.0.0/255.255.0.0 127.0.0.0/255.0.0.0)
private_pattern='^(10|127|192\.168|169\.254|172\.(1[6-9]|2[0-9]|3[01])|100\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7]))\.'

subject_names() {
    local name address
    name=$(hostname)
    printf 'DNS:localhost,DNS:%s,' "$name"
    [[ $name == *.* ]] || printf 'DNS:%s.local,' "$name"
    for address in $(lan_addresses); do printf 'IP:%s,' "$address"; done
    printf 'IP:127.0.0.1'
}

permitted_names() {
    local item
    printf 'permitted;DNS:localhost,permitted;DNS:local,permitted;DNS:%s' "$(hostname)"
    for item in "${private_networks[@]}"; do printf ',permitted;IP:%s' "$item"; done
    for item in $(lan_addresses); do
        [[ $item =~ $private_pattern ]] || printf ',permitted;IP:%s/255.255.255.255' "$item"
    done
}

# new_certificate NAME FOLDER OPTIONS...: FOLDER/key.pem and FOLDER/certificate.pem.
new_certificate() {
    local name=$1 folder=$2
    shift 2
    quietly certificate as_user "$owner" openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 \
        -subj "/CN=$name" -keyout "$folder/key.pem" -out "$folder/certificate.pem" "$@" ||
        fail "the certificate could not be made (see above)."
    as_user "$owner" chmod 0600 "$folder/key.pem"
}

make_authority() {
    local authority=$1/authority
    ! as_user "$owner" test -e "$authority/certificate.pem" ||
        say "The certificate authority of this machine had to be made anew: phones that trust the former one need this one."
    as_user "$owner" mkdir -p -m 0700 "$authority"
    # The day tells it from a former one in a phone's list.
    new_certificate "Fieldproof CA $(hostname | tr -cd 'A-Za-z0-9.-' | cut -c1-36) $(date +%F)" "$authority" -days 3650 \
        -addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign,cRLSign \
        -addext "nameConstraints=critical,$(permitted_names)"
}

# It has its key, and outlives what it signs now.
authority_lasts() {
    local public
    public=$(as_user "$owner" openssl pkey -in "$1/authority/key.pem" -pubout 2>/dev/null) &&
        [ "$(as_user "$owner" openssl x509 -in "$1/authority/certificate.pem" -noout -pubkey 2>/dev/null)" = "$public" ] &&
        as_user "$owner" openssl x509 -in "$1/authority/certificate.pem" -noout -checkend $((398 * 86400)) >/dev/null 2>&1
}

# 397 days: browsers refuse certificates that last longer.
sign_certificate() {
    local folder=$1 names=$2
    new_certificate "Fieldproof on $(hostname | tr -cd 'A-Za-z0-9.-' | cut -c1-40)" "$folder" -days 397 \
        -CA "$folder/authority/certificate.pem" -CAkey "$folder/authority/key.pem" -addext "subjectAltName=$names" \
        -addext basicConstraints=critical,CA:FALSE -addext keyUsage=critical,digitalSignature \
        -addext extendedKeyUsage=serverAuth
}

# As a phone will see it in so many days.
is_trusted() {
    local folder=$1 days=$2
    as_user "$owner" openssl verify -no-CApath -no-CAstore -CAfile "$folder/authority/certificate.pem" -purpose sslserver \
        -attime $(($(date +%s) + days * 86400)) "$folder/certificate.pem" >/dev/null 2>&1
}

# A certificate holds while the machine has the names and addresses it was made for, and for 30 days more.
make_certificate() {
    local folder=$1 names
    names=$(subject_names)
    if [ "$(as_user "$owner" cat "$folder/names" 2>/dev/null)" = "$names" ] && authority_lasts "$folder" &&
        is_trusted "$folder" 30 && as_user "$owner" test -r "$folder/key.pem"; then return 0; fi
    as_user "$owner" rm -f "$folder/names"
    authority_lasts "$folder" || make_authority "$folder"
    sign_certificate "$folder" "$names"
    if ! is_trusted "$folder" 0; then
        # The machine has got a name or a public address that this authority may not speak for.
        make_authority "$folder"
        sign_certificate "$folder" "$names"
        is_trusted "$folder" 0 || fail "the authority may not speak for $names; correct the names or addresses."
    fi
    as_user "$owner" tee "$folder/names" >/dev/null <<<"$names"
}

# As phones show it, in lines that can be compared.
fingerprint_of() {
    as_user "$owner" openssl x509 -in "$1/authority/certificate.pem" -noout -fingerprint -sha256 | cut -d= -f2 | tr : ' ' |
        fold -w 24 | sed 's/ $//'
}

# What phones get: the authority's certificate, and a page that says what to do with it.
make_trust_page() {
    local folder=$1 pages=$1/public/trust name language
    name=$(as_user "$owner" openssl x509 -in "$folder/authority/certificate.pem" -noout -subject -nameopt RFC2253)
    as_user "$owner" mkdir -p "$pages"
    for language in en zh; do
        fill "front/trust/$language.html" NAME="${name#*CN=}" FINGERPRINT="$(fingerprint_of "$folder")" |
            as_user "$owner" tee "$pages/$language.html" >/dev/null
    done
    as_user "$owner" tee "$pages/style.css" <front/trust/style.css >/dev/null
    as_user "$owner" openssl x509 -in "$folder/authority/certificate.pem" -outform DER -out "$pages/fieldproof-ca.crt"
}
