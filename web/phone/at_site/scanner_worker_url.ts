import scannerWorkerUrl from "./scanner_worker?worker&url";

/** Where the scanner's worker is: with a hash in its name. */
export { scannerWorkerUrl };
