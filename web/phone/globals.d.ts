/** From package.json, with the commit where there is one: set by vite.config.ts. */
declare const __APP_VERSION__: string;
