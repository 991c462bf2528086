#include "server/resources/assets.h"

#include "server/resources/master_data.h"

static const struct master_resource assets = {
    .noun = "asset",
    .path_parameter = "asset_id",
    .table = &master_assets,
    .filters = {"site_id", "barcode", "serial"},
};

MASTER_HANDLERS(asset, assets)
