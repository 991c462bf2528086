/** Handlers of /v1/checklist-templates: what work orders of one kind begin with. */
#ifndef FIELDPROOF_RESOURCES_CHECKLIST_TEMPLATES_H
#define FIELDPROOF_RESOURCES_CHECKLIST_TEMPLATES_H

#include "server/http/route.h"

route_handler checklist_template_list, checklist_template_create, checklist_template_show,
    checklist_template_change, checklist_template_delete;

#endif
