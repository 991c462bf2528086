/** How phones are let in without a password: /v1/enrolments, /v1/auth/enrol. */
#ifndef FIELDPROOF_RESOURCES_ENROLMENTS_H
#define FIELDPROOF_RESOURCES_ENROLMENTS_H

#include "server/http/route.h"

route_handler enrolment_create;
route_handler enrolment_show;
route_handler enrolment_remove;
route_handler auth_enrol; /**< enrol.c; in transactions of its own, as a log-in */

#endif
