#include "server/resources/visit_pack.h"
#include "server/base/buffer.h"

#include "server/app.h"
#include "server/resources/pack_files.h"
#include "server/resources/receipt_keys.h"
#include "server/resources/receipts.h"
#include "server/resources/transaction.h"
#include "server/resources/visit_sheets.h"
#include "server/store/photo.h"
#include "server/store/visit_pack.h"

#include <string.h>

/* README.txt, receipt-keys.json, SHA256SUMS and its signature, the visit in two languages, and
 * perhaps corrections.json and REMOVED.txt. */
#define FILES_APART           8
#define FILES_PER_SHEET       3
#define REMOVED_CEILING_BYTES ((size_t)4 * 1024 * 1024)
#define FILES_PER_PHOTO       2

/* tests/api/test_visit_packs.py runs the commands that are indented by four. */
static const char readme[] =
    "This is everything Fieldproof knows of one visit, to be verified without Fieldproof.\n"
    "本压缩包包含一次上门服务的全部证据，无需 Fieldproof 即可核验。\n"
    "\n"
    "1. Every file is what the sums say. 每个文件与校验和一致：\n"
    "\n"
    "    sha256sum --check --strict SHA256SUMS\n"
    "\n"
    "   and no file is beside them that the server did not send. 且没有多余的文件：\n"
    "\n"
    "    x=$(find . -type f | cut -c3- | grep -vxF -e SHA256SUMS -e SHA256SUMS.sig -e key.der "
    "-e sums.bin -f <(cut -c67- SHA256SUMS) || true); echo \"$x\"; test -z \"$x\"\n"
    "\n"
    "2. Each document is the one that was signed. 每份文件即客户签字的那一份：\n"
    "\n"
    "    find . -name document.json | while read -r d; do "
    "grep -q \"\\\"document_sha256\\\" *: *\\\"$(sha256sum <\"$d\" | cut -c-64)\" "
    "\"${d%document.json}sheet.json\" || exit 1; done\n"
    "\n"
    "3. The server signed the sums (Ed25519, openssl 3). Compare receipt-keys.json with what\n"
    "   /v1/receipt-keys of the server answers, or answered when you last trusted it.\n"
    "   校验和由服务器签名；请将 receipt-keys.json 与服务器 /v1/receipt-keys 的公钥比对：\n"
    "\n"
    "    x=$(tr '}' '\\n' <receipt-keys.json | grep -m 1 '\"x\":' | sed "
    "'s/.*\"x\":\"\\([^\"]*\\)\".*/\\1/')\n"
    "    { printf MCowBQYDK2VwAyEA | openssl base64 -d -A; "
    "printf '%s=' \"$x\" | tr '_-' '/+' | openssl base64 -d -A; } >key.der\n"
    "    openssl base64 -d -A -in SHA256SUMS.sig -out sums.bin\n"
    "    openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in SHA256SUMS "
    "-sigfile sums.bin\n"
    "\n"
    "photos/ID.jpg            each original, byte for byte as the phone sent it;\n"
    "                         photos/ID.mp4 is a video\n"
    "                         手机上传的原图，逐字节一致\n"
    "receipts/ID.txt          the server's signed receipt of it: when which bytes came\n"
    "                         服务器签名的接收回执\n"
    "sheets/N/document.json   what the customer read and signed, byte for byte; its SHA-256 is\n"
    "                         document_sha256 in sheets/N/sheet.json and is printed in\n"
    "                         sheets/N/sheet.pdf. It names the photos by their SHA-256.\n"
    "                         客户阅读并签字的内容；其 SHA-256 见 sheet.json 与 sheet.pdf\n"
    "sheets/N/sheet.json      the signature: who, when, where, and the strokes of the pen\n"
    "                         签字人、时间、位置与笔迹\n"
    "                         Every version that was signed is here, unchanged: the one that\n"
    "                         corrects N says so (corrects_version, correction_reason), and its\n"
    "                         sheet.pdf shows what it says otherwise, with the SHA-256 of\n"
    "                         sheets/N/document.json. 每个签字版本均原样保留；更正版注明所更正的\n"
    "                         版本与原因，其 PDF 列出差异及被更正文件的 SHA-256\n"
    "corrections.json         only if a manager asked for corrections: who, when, what and why\n"
    "                         仅在主管要求更正时出现：何人、何时、何处及原因\n"
    "visit.en.json, visit.zh.json  check-ins, scans, photos, verdicts with their reasons and\n"
    "                         numbers, reviews 签到、扫码、照片、判定及理由与数值、审核记录\n"
    "REMOVED.txt              only if a retention rule has removed originals: which, when, by "
    "what\n"
    "                         仅在原图已按保留规则清除时出现\n"
    "DAMAGED.txt              only if something could not be read or has changed on disk: what\n"
    "                         仅在有文件无法读取或已变化时出现\n";

struct pack {
    struct visit_key key;
    const char *visit_id; /* of the key, as text */
    struct visit_pack_facts facts;
    struct pack_files files;
};

/* Whoever takes the evidence away has looked at it. */
static int load(struct request *request, void *context)
{
    struct pack *pack = context;
    if (!request->actor.is_known) /* who came with a ticket */
        db_act_as(request->db, &request->actor.user_id, &request->actor.session_id,
                  request->address);
    if (visit_pack_facts(request->db, request->arena, &pack->key, &pack->facts) < 0)
        return -1;
    if (!pack->facts.english)
        return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                           "There is no such visit.");
    return evidence_view_insert(request->db, request->arena, &pack->key.org_id,
                                &request->actor.user_id, pack->visit_id, NULL, "downloaded");
}

static int add_sheet(struct request *request, struct pack *pack,
                     const struct visit_pack_sheet *sheet)
{
    struct sheet_pdf pdf = {.fd = -1};
    int version = (int)sheet->version;
    if (pack_files_add_text(&pack->files, sheet->document, "sheets/%d/document.json", version) <
            0 ||
        pack_files_add_text(&pack->files, sheet->json, "sheets/%d/sheet.json", version) < 0 ||
        visit_sheet_pdf_open(request, &pack->key, sheet->version, NULL, &pdf) < 0)
        return -1;
    return pack_files_add_open(&pack->files, pdf.fd, pdf.sha256, "sheets/%d/sheet.pdf", version);
}

/* A photo whose file is gone has no receipt any more; DAMAGED.txt will name the file. */
static int add_receipt(struct request *request, struct pack *pack,
                       const struct visit_pack_photo *photo)
{
    const char *receipt = NULL;
    if (receipt_of(request, photo->json, &receipt) < 0) {
        problem_clear(&request->problem);
        return 0;
    }
    return pack_files_add_text(&pack->files, receipt, "receipts/%s.txt", photo->id);
}

/* What the receipts of removed originals attest, and why the originals are not here. */
static int add_removed(struct request *request, struct pack *pack)
{
    struct buffer list;
    buffer_init(&list, request->arena, REMOVED_CEILING_BYTES);
    for (size_t i = 0; i < pack->facts.photo_count; i++) {
        const struct visit_pack_photo *photo = &pack->facts.photos[i];
        if (photo->removal.day)
            buffer_printf(
                &list, "photos/%s.%s: SHA-256 %s, removed on %s under the retention rule \"%s\"\n",
                photo->id, photo->suffix, photo->sha256, photo->removal.day, photo->removal.rule);
    }
    if (list.failed)
        return -1;
    return list.length > 0 ? pack_files_add_text(&pack->files, list.text, "REMOVED.txt") : 0;
}

static int add_photos(struct request *request, struct pack *pack)
{
    for (size_t i = 0; i < pack->facts.photo_count; i++) {
        const struct visit_pack_photo *photo = &pack->facts.photos[i];
        if ((!photo->removal.day && pack_files_add_blob(&pack->files, photo->sha256, "photos/%s.%s",
                                                        photo->id, photo->suffix) < 0) ||
            add_receipt(request, pack, photo) < 0)
            return -1;
    }
    return add_removed(request, pack);
}

/* The sums of everything before them, and the server's signature over the sums. */
static int add_sums(struct request *request, struct pack *pack)
{
    const char *sums = pack_files_sums(&pack->files);
    const char *signature = NULL;
    if (pack_files_add_text(&pack->files, sums, "SHA256SUMS") < 0 ||
        receipt_sign(request, sums, strlen(sums), &signature) < 0)
        return -1;
    return pack_files_add_text(&pack->files, signature, "SHA256SUMS.sig");
}

static int gather(struct request *request, struct pack *pack)
{
    const struct visit_pack_facts *facts = &pack->facts;
    size_t room =
        FILES_APART + FILES_PER_SHEET * facts->sheet_count + FILES_PER_PHOTO * facts->photo_count;
    if (pack_files_create(request, room, &pack->files) < 0 ||
        pack_files_add_text(&pack->files, readme, "README.txt") < 0 ||
        pack_files_add_text(&pack->files, facts->english, "visit.en.json") < 0 ||
        pack_files_add_text(&pack->files, facts->chinese, "visit.zh.json") < 0 ||
        pack_files_add_text(&pack->files, receipt_keys_json(request->app->receipt_keys),
                            "receipt-keys.json") < 0)
        return -1;
    pack->files.modified_s = facts->changed_s;
    if (facts->corrections &&
        pack_files_add_text(&pack->files, facts->corrections, "corrections.json") < 0)
        return -1;
    for (size_t i = 0; i < facts->sheet_count; i++)
        if (add_sheet(request, pack, &facts->sheets[i]) < 0)
            return -1;
    return add_photos(request, pack) < 0 ? -1 : add_sums(request, pack);
}

int visit_pack_answer(struct request *request, const struct uuid *visit_id,
                      struct response *response)
{
    struct pack *pack = arena_alloc(request->arena, sizeof *pack);
    char text[UUID_TEXT_BYTES];
    uuid_format(visit_id, text);
    if (!pack || !(pack->visit_id = arena_strdup(request->arena, text)))
        return -1;
    pack->key = (struct visit_key){.org_id = request->actor.org_id, .visit_id = *visit_id};
    if (transaction_run(request, &pack->key.org_id, load, pack) < 0 || gather(request, pack) < 0)
        return -1;
    const char *disposition =
        arena_printf(request->arena, "attachment; filename=\"visit-%s.zip\"", pack->visit_id);
    if (!disposition)
        return -1;
    response_header(response, "Content-Disposition", disposition);
    response->content_type = "application/zip";
    response->produce = pack_files_produce;
    response->produce_context = &pack->files;
    return 0;
}

int visit_pack_download(struct request *request, struct response *response)
{
    struct uuid visit_id;
    if (request_uuid(request, "visit_id", &visit_id) < 0)
        return -1;
    return visit_pack_answer(request, &visit_id, response);
}
