import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { iconName, ICON_SIZES, manifest } from "./build_steps/icons";
import { serviceWorker } from "./build_steps/service_worker";

const folder = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** The pages there are: the phone app, the manager's desk, the customer's page. */
const pages = ["index.html", "desk.html", "customer.html"].map(folder).filter((file) => existsSync(file));

/** Shown in the settings and sent with every check-in. */
const version = JSON.parse(readFileSync(folder("package.json"), "utf8")).version as string;

const define = { __APP_VERSION__: JSON.stringify(version) };

/** `npm run dev` talks to this server. */
const server = process.env.FIELDPROOF_URL ?? "http://127.0.0.1:8080";
const proxy = { "/v1": { target: server, changeOrigin: false } };

export default defineConfig({
  base: "/app/",
  define,
  plugins: [
    manifest(),
    serviceWorker({
      entry: "index.html",
      also: ["manifest.webmanifest", ...ICON_SIZES.map(iconName)],
      // The barcode scanner is larger than all the rest: it comes later.
      isExtra: (name) => name.endsWith(".wasm") || name.startsWith("scanner_worker"),
      define,
    }),
  ],
  // The server serves the files from memory, by name, from one flat folder.
  build: {
    outDir: "dist",
    assetsDir: "",
    // The content-security policy lets no data: in but pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Customers open their link in WeChat, whose engine on older Androids is Chromium 86: see tsconfig.phones.json, too.
    target: ["es2021", "chrome86", "safari15", "firefox90"],
    // A chunk of a few hundred bytes costs more as a file than where it is used.
    rollupOptions: { input: pages, output: { experimentalMinChunkSize: 700 } },
  },
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  server: { proxy },
  preview: { proxy },
  test: {
    include: ["tests/unit/**/*.test.{ts,tsx}"],
    setupFiles: ["tests/unit/set_up.ts"],
    environment: "node",
    testTimeout: 60_000, // a busy machine is slow
  },
});
