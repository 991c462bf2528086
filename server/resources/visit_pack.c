#include "server/resources/visit_pack.h"

#include "server/app.h"
#include "server/resources/pack_files.h"
#include "server/resources/transaction.h"
#include "server/resources/visit_sheets.h"
#include "server/store/photo.h"
#include "server/store/visit_pack.h"

/* README.txt, SHA256SUMS, the visit in two languages. */
#define FILES_APART     4
#define FILES_PER_SHEET 3

static const char readme[] =
    "This is everything Fieldproof knows of one visit, to be verified without Fieldproof.\n"
    "\n"
    "  sha256sum -c SHA256SUMS     every file is what the sums say\n"
    "\n"
    "  photos/ID.jpg               each original, byte for byte as the phone sent it\n"
    "  sheets/N/document.json      what the customer read and signed, byte for byte; its SHA-256\n"
    "                              is document_sha256 in sheets/N/sheet.json and is printed in\n"
    "                              sheets/N/sheet.pdf. It names the photos by their SHA-256.\n"
    "  sheets/N/sheet.json         signature: who, when, where, and the strokes of the pen\n"
    "  visit.en.json, visit.zh.json  check-ins, scans, photos, verdicts with their reasons and\n"
    "                              numbers, reviews\n"
    "\n"
    "If there is a file DAMAGED.txt, it names what could not be read or has changed on disk.\n"
    "\n"
    "本压缩包包含一次上门服务的全部证据，无需 Fieldproof 即可核验。\n"
    "\n"
    "  sha256sum -c SHA256SUMS     核对每个文件\n"
    "\n"
    "  photos/ID.jpg               手机上传的原图，逐字节一致\n"
    "  sheets/N/document.json      客户阅读并签字的内容，逐字节一致；其 SHA-256 即\n"
    "                              sheets/N/sheet.json 中的 document_sha256，并印在\n"
    "                              sheets/N/sheet.pdf 中；照片以其 SHA-256 列出\n"
    "  sheets/N/sheet.json         签字人、时间、位置与笔迹\n"
    "  visit.en.json, visit.zh.json  签到、扫码、照片、判定及其理由与数值、审核记录\n"
    "\n"
    "若有 DAMAGED.txt，其中列出无法读取或在磁盘上已变化的文件。\n";

struct pack {
    struct visit_key key;
    struct visit_pack_facts facts;
    struct pack_files files;
};

/* Whoever takes the evidence away has looked at it. */
static int load(struct request *request, void *context)
{
    struct pack *pack = context;
    if (visit_pack_facts(request->db, request->arena, &pack->key, &pack->facts) < 0)
        return -1;
    if (!pack->facts.english)
        return problem_set(&request->problem, request->arena, PROBLEM_NOT_FOUND,
                           "There is no such visit.");
    return evidence_view_insert(request->db, request->arena, &pack->key.org_id,
                                &request->actor.user_id, request_parameter(request, "visit_id"),
                                NULL);
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

static int add_photos(struct pack *pack)
{
    for (size_t i = 0; i < pack->facts.photo_count; i++) {
        const struct visit_pack_photo *photo = &pack->facts.photos[i];
        if (pack_files_add_blob(&pack->files, photo->sha256, "photos/%s.jpg", photo->id) < 0)
            return -1;
    }
    return 0;
}

static int gather(struct request *request, struct pack *pack)
{
    const struct visit_pack_facts *facts = &pack->facts;
    size_t room = FILES_APART + FILES_PER_SHEET * facts->sheet_count + facts->photo_count;
    if (pack_files_create(request, room, &pack->files) < 0 ||
        pack_files_add_text(&pack->files, readme, "README.txt") < 0 ||
        pack_files_add_text(&pack->files, facts->english, "visit.en.json") < 0 ||
        pack_files_add_text(&pack->files, facts->chinese, "visit.zh.json") < 0)
        return -1;
    pack->files.modified_s = facts->changed_s;
    for (size_t i = 0; i < facts->sheet_count; i++)
        if (add_sheet(request, pack, &facts->sheets[i]) < 0)
            return -1;
    if (add_photos(pack) < 0)
        return -1;
    return pack_files_add_text(&pack->files, pack_files_sums(&pack->files), "SHA256SUMS");
}

int visit_pack_download(struct request *request, struct response *response)
{
    struct pack *pack = arena_alloc(request->arena, sizeof *pack);
    if (!pack || request_uuid(request, "visit_id", &pack->key.visit_id) < 0)
        return -1;
    pack->key.org_id = request->actor.org_id;
    if (transaction_run(request, &pack->key.org_id, load, pack) < 0 || gather(request, pack) < 0)
        return -1;
    const char *disposition = arena_printf(request->arena, "attachment; filename=\"visit-%s.zip\"",
                                           request_parameter(request, "visit_id"));
    if (!disposition)
        return -1;
    response_header(response, "Content-Disposition", disposition);
    response->content_type = "application/zip";
    response->produce = pack_files_produce;
    response->produce_context = &pack->files;
    return 0;
}
