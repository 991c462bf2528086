/** What an organisation that has not said otherwise shows its customers (policy: customer_page). */
#ifndef FIELDPROOF_RESOURCES_CUSTOMER_PAGE_H
#define FIELDPROOF_RESOURCES_CUSTOMER_PAGE_H

/** Photos that stand in a sheet the customer has signed: those were shown before. */
#define CUSTOMER_PAGE_PHOTOS "signed"

/** How long a link lives, days. */
#define CUSTOMER_PAGE_LINK_DAYS 90

#endif
