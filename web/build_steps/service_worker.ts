import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";

const source = fileURLToPath(new URL("../phone/service_worker.ts", import.meta.url));

/** What is not kept from the start: parts that are loaded when they are first used, and then kept. */
export type IsExtra = (fileName: string) => boolean;

interface Chunk {
  readonly fileName: string;
  /** Workers are known by their names in the code only. */
  readonly code: string;
  readonly imports: readonly string[];
  readonly dynamicImports: readonly string[];
  readonly css: readonly string[];
  readonly assets: readonly string[];
}

/** What an app consists of: what it needs from the start, and the extra parts that it comes to later. */
export interface Files {
  shell: string[];
  extra: string[];
}

/**
 * All files that an entry needs, now or after a tap. Extra are only workers and data that the code names, and
 * what they need themselves; what is imported is never extra, whatever its name.
 */
export function filesOf(
  entry: string,
  chunks: ReadonlyMap<string, Chunk>,
  hashed: readonly string[],
  isExtra: IsExtra,
): Files {
  const shell = new Set<string>();
  const extra = new Set<string>();
  const follow = (from: string, found: Set<string>) => {
    const waiting = [from];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (found.has(name)) continue;
      found.add(name);
      const chunk = chunks.get(name);
      if (!chunk) continue;
      const imported = [...chunk.imports, ...chunk.dynamicImports, ...chunk.css];
      waiting.push(...imported);
      const named = hashed.filter((other) => chunk.code.includes(other) && !imported.includes(other));
      for (const other of [...chunk.assets, ...named]) {
        if (found === shell && isExtra(other)) extras.push(other);
        else waiting.push(other);
      }
    }
  };
  const extras: string[] = [];
  follow(entry, shell);
  for (const name of extras) follow(name, extra);
  return { shell: [...shell].sort(), extra: [...extra].filter((name) => !shell.has(name)).sort() };
}

/**
 * Builds dist/sw.js: the phone app's service worker, which knows the files of the app by name. Its own bytes
 * change whenever one of them does, and that is how a phone learns of a new version.
 */
export function serviceWorker(options: { entry: string; also: string[]; isExtra: IsExtra; define: Record<string, string> }): Plugin {
  return {
    name: "fieldproof-service-worker",
    apply: "build",
    // After the pages are written: a change of theirs is a new version, too.
    enforce: "post",
    async generateBundle(_output, bundle) {
      const chunks = new Map<string, Chunk>();
      let start: string | null = null;
      for (const file of Object.values(bundle)) {
        if (file.type === "asset") {
          // A worker is compiled by itself, and comes as an asset.
          const code = file.fileName.endsWith(".js") ? String(file.source) : "";
          chunks.set(file.fileName, { ...lone, fileName: file.fileName, code });
          continue;
        }
        chunks.set(file.fileName, {
          fileName: file.fileName,
          code: file.code,
          imports: file.imports,
          dynamicImports: file.dynamicImports,
          css: [...(file.viteMetadata?.importedCss ?? [])],
          assets: [...(file.viteMetadata?.importedAssets ?? [])],
        });
        if (file.isEntry && file.facadeModuleId?.endsWith(options.entry)) start = file.fileName;
      }
      if (start === null) return this.error(`there is no entry ${options.entry}`);
      const hashed = Object.keys(bundle).filter((name) => /-[\w-]{8}\.(js|wasm)$/.test(name));
      const { shell, extra } = filesOf(start, chunks, hashed, options.isExtra);
      const files = [...shell, ...options.also];
      const hash = createHash("sha256");
      for (const name of [options.entry, ...files]) {
        const file = bundle[name];
        hash.update(name).update(file ? (file.type === "chunk" ? file.code : file.source) : "");
      }
      const code = await compile({
        ...options.define,
        __SHELL__: JSON.stringify({ version: hash.digest("hex").slice(0, 16), files, extra }),
      });
      this.emitFile({ type: "asset", fileName: "sw.js", source: code });
    },
  };
}

const lone = { imports: [], dynamicImports: [], css: [], assets: [] };

/** One classic script: every browser that has service workers takes it. */
async function compile(define: Record<string, string>): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: "warn",
    define,
    build: {
      write: false,
      target: ["es2021", "chrome86", "safari15", "firefox90"],
      rollupOptions: { input: source, output: { format: "iife", inlineDynamicImports: true } },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  for (const { output } of outputs as { output: { type: string; code?: string }[] }[]) {
    const chunk = output.find((file) => file.type === "chunk");
    if (chunk?.code) return chunk.code;
  }
  throw new Error("the service worker was built into nothing");
}
