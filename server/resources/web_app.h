/** The web app, from the folder that FIELDPROOF_WEB_DIR names. */
#ifndef FIELDPROOF_RESOURCES_WEB_APP_H
#define FIELDPROOF_RESOURCES_WEB_APP_H

#include "server/http/route.h"

/** Leads to the phone app. */
int web_app_redirect(struct request *request, struct response *response) MUST_CHECK;

/** The page of the phone app. */
int web_app_get(struct request *request, struct response *response) MUST_CHECK;

/** The customer's page: the same for every link. */
int web_app_get_desk(struct request *request, struct response *response) MUST_CHECK;
int web_app_get_customer_page(struct request *request, struct response *response) MUST_CHECK;

/** Any file of the web app, by its name. */
int web_app_get_file(struct request *request, struct response *response) MUST_CHECK;

#endif
