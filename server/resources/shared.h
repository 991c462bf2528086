/** What a customer's link shows: /v1/shared/{token}, its PDFs and its photos. */
#ifndef FIELDPROOF_RESOURCES_SHARED_H
#define FIELDPROOF_RESOURCES_SHARED_H

#include "server/http/route.h"

route_handler shared_show;
route_handler shared_sheet_pdf;
route_handler shared_photo_medium;
route_handler shared_photo_small;
route_handler shared_document_list;

#endif
