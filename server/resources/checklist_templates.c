#include "server/resources/checklist_templates.h"

#include "server/resources/master_data.h"

static const struct master_resource checklist_templates = {
    .noun = "template",
    .path_parameter = "template_id",
    .table = &master_checklist_templates,
    .filters = {"is_retired"},
};

MASTER_HANDLERS(checklist_template, checklist_templates)
