/** What managers find in visits that were drawn. */
#ifndef FIELDPROOF_RESOURCES_SAMPLING_ASSESSMENTS_H
#define FIELDPROOF_RESOURCES_SAMPLING_ASSESSMENTS_H

#include "server/http/route.h"

route_handler sampling_assessment_create;

#endif
