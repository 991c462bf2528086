/** Visit sheets: /v1/visits/{visit_id}/sheet, its signatures and its PDF. */
#ifndef FIELDPROOF_RESOURCES_VISIT_SHEETS_H
#define FIELDPROOF_RESOURCES_VISIT_SHEETS_H

#include "server/http/route.h"

route_handler visit_sheet_show;
route_handler visit_sheet_put;
route_handler visit_sheet_add_signature;
route_handler visit_sheet_pdf; /**< server/resources/sheet_pdf.c */

#endif
