import js from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import simpleImportSort from "eslint-plugin-simple-import-sort";
import typescript from "typescript-eslint";

import { boundaries } from "./eslint.boundaries.mjs";

export default typescript.config(
  { ignores: [".local/", "dist/", "node_modules/"] },
  {
    files: ["**/*.ts"],
    extends: [js.configs.recommended, ...typescript.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { "@pulumi": pulumi, "simple-import-sort": simpleImportSort },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@typescript-eslint/no-floating-promises": "error",
      // Packages, then a blank line, then files of this repository, from the farthest to the nearest.
      "simple-import-sort/imports": ["error", { groups: [["^\\u0000"], ["^[^.]"], ["^\\."]] }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    },
  },
  ...boundaries,
  {
    // One way to write to a terminal.
    files: ["bench/**/*.ts", "local/**/*.ts", "ops/**/*.ts", "tools/**/*.ts"],
    ignores: ["tools/terminal.ts"],
    rules: {
      "no-console": "error",
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "CallExpression[callee.property.name='write'][callee.object.object.name='process']",
          message: "Use tools/terminal.ts: print for results, note for everything else.",
        },
      ],
    },
  },
  {
    files: ["tests/**/*.ts"],
    rules: { "@typescript-eslint/no-unused-expressions": "off" },
  },
);
