/** What a scanned or typed value is, as far as the phone knows: the server's rules, without a network. */

/** An asset that the phone knows, with the site it belongs to. */
export interface KnownAsset {
  readonly id: string;
  readonly name: string;
  readonly serial: string | null;
  readonly barcode: string | null;
  readonly site_id: string;
  readonly site_name: string;
}

export type ScanMatch =
  | { readonly kind: "this_site"; readonly asset: KnownAsset }
  | { readonly kind: "other_site"; readonly asset: KnownAsset }
  /** On no list of this phone; the server knows all assets and may still find it. */
  | { readonly kind: "unknown" };

/** A site with its assets, as DaySite has them. */
export interface SiteWithAssets {
  readonly id: string;
  readonly name: string;
  readonly assets: readonly Omit<KnownAsset, "site_id" | "site_name">[];
}

/** Every asset of the sites, once. */
export function knownAssets(sites: readonly SiteWithAssets[]): KnownAsset[] {
  const assets = sites.flatMap((site) =>
    site.assets.map((asset) => ({ ...asset, site_id: site.id, site_name: site.name })),
  );
  return [...new Map(assets.map((asset) => [asset.id, asset])).values()];
}

/** As server/store/check_in.sql: barcodes before serials, and this site's asset before another's. */
function find(value: string, siteId: string, assets: readonly KnownAsset[]): KnownAsset | undefined {
  const byBarcode = assets.filter((asset) => asset.barcode === value);
  const bySerial = assets.filter((asset) => asset.barcode !== value && asset.serial === value);
  const found = [...byBarcode, ...bySerial];
  return found.find((asset) => asset.site_id === siteId) ?? found[0];
}

/** Whose label this is. */
export function matchScan(value: string, siteId: string, assets: readonly KnownAsset[]): ScanMatch {
  const asset = find(value, siteId, assets);
  if (!asset) return { kind: "unknown" };
  return { kind: asset.site_id === siteId ? "this_site" : "other_site", asset };
}

/**
 * What was typed, as the label says it. Chinese keyboards make full-width letters and digits, and nobody
 * types capitals by choice; where an asset's label differs by no more than that, the label's spelling is
 * taken.
 */
export function spelledAsLabel(typed: string, siteId: string, assets: readonly KnownAsset[]): string {
  const value = typed.normalize("NFKC").trim();
  if (matchScan(value, siteId, assets).kind !== "unknown") return value;
  const folded = value.toLowerCase();
  const labels = assets
    .flatMap((asset) => [asset.barcode, asset.serial])
    .filter((label): label is string => label?.toLowerCase() === folded);
  const [label] = new Set(labels);
  return new Set(labels).size === 1 && label ? label : value;
}

/** A reading of a barcode, named as the contract names it. */
export interface Reading {
  readonly symbology: string;
  readonly value: string;
}

/**
 * An EAN-13 that begins with 0 and a UPC-A are the same bars. Asset lists have one or the other spelling:
 * the one that is on a list is taken, else the label's twelve printed digits.
 */
export function settledReading(reading: Reading, siteId: string, assets: readonly KnownAsset[]): Reading {
  const { symbology, value } = reading;
  if (symbology !== "ean_13" || !/^0\d{12}$/.test(value)) return reading;
  if (matchScan(value, siteId, assets).kind !== "unknown") return reading;
  return { symbology: "upc_a", value: value.slice(1) };
}
