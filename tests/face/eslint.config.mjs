// What is looked for in scripts. tests/face/scripts runs it from the top of the repository.

import js from "@eslint/js";
import globals from "globals";

/** Names of the window that are more often a mistake than meant: who means one writes `window.name`. */
const MISLEADING = [
  "blur", "close", "closed", "event", "external", "find", "focus", "length", "name", "open", "origin", "parent", "print",
  "scroll", "status", "stop", "top",
];

const EVERYWHERE = {
  "array-callback-return": "error",
  eqeqeq: "error",
  "no-constructor-return": "error",
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-restricted-globals": ["error", ...MISLEADING],
  "no-self-compare": "error",
  "no-template-curly-in-string": "error",
  "no-throw-literal": "error",
  "no-unmodified-loop-condition": "error",
  "no-unreachable-loop": "error",
  // A script of ES2017 must name what it catches, and what is left out of an object is named, too.
  "no-unused-vars": ["error", { caughtErrors: "none", ignoreRestSiblings: true }],
  "no-useless-return": "error",
};

export default [
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    // What browsers run as it lies: plain scripts, because modules do not load from disk, in a language that every browser
    // of the last years reads. What a script adds to a page is made of elements and text, never of HTML.
    files: ["theme/**/*.js"],
    languageOptions: { ecmaVersion: 2017, sourceType: "script", globals: globals.browser },
    rules: {
      ...js.configs.recommended.rules,
      ...EVERYWHERE,
      "no-alert": "error",
      "no-console": "error",
      "no-implicit-globals": "error",
      "no-new-func": "error",
      "no-restricted-syntax": ["error",
        { selector: "AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]", message: "Make elements and text." },
        { selector: "CallExpression[callee.property.name='insertAdjacentHTML']", message: "Make elements and text." },
        { selector: "CallExpression[callee.object.name='document'][callee.property.name=/^write/]", message: "Make elements and text." },
      ],
      // Functions name what is there by the time they run.
      "no-use-before-define": ["error", { functions: false, variables: false }],
      // The cause of an error is of ES2022.
      "preserve-caught-error": "off",
      strict: ["error", "function"],
    },
  },
  {
    // Modules of Node.js; what they hand to a page has the names of a page, and of axe-core, which they put there.
    files: ["tests/**/*.mjs", "tools/*.mjs"],
    languageOptions: {
      ecmaVersion: 2024,
      sourceType: "module",
      globals: { ...globals.node, ...globals.browser, axe: "readonly" },
    },
    rules: {
      ...js.configs.recommended.rules,
      ...EVERYWHERE,
      // What a terminal is told in colours begins with such a sign.
      "no-control-regex": "off",
      "no-var": "error",
      "prefer-const": "error",
    },
  },
];
