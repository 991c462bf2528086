// Puts phone.ts and all of the app that it uses into one file that Node runs. usage: node bundle.mjs OUTPUT.mjs
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

await build({
  entryPoints: [fileURLToPath(new URL("phone.ts", import.meta.url))],
  outfile: process.argv[2],
  bundle: true,
  platform: "browser", // its tus-js-client, as the app has it
  external: ["node:*"],
  format: "esm",
  target: "node18",
  define: { __APP_VERSION__: '"test"' },
  logLevel: "warning",
});
