// What is looked for in the HTML of pages: all that html-validate has, but for what is set or switched off here, each with
// its reason. Rules that look for nothing until they are told what (`id-pattern`, `allowed-links` and the like) are not
// told; where links lead is looked at by tests/output.rs.

export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:standard", "html-validate:a11y", "html-validate:document"],
  rules: {
    "no-style-tag": "error",
    "no-unknown-elements": "error",
    // Names are written in small letters everywhere else, too.
    "doctype-style": ["error", { style: "lowercase" }],
    // Everything comes from the portal itself, which must open from disk; a sum would be asked for from elsewhere only.
    "require-sri": ["error", { target: "crossorigin" }],
    // A wide table or a long piece of code stands in a frame with the role of a region, so that it can be scrolled by
    // keyboard and says what it is: it is a frame, not a section of the text. Every other role has its element.
    "prefer-native-element": ["error", { exclude: ["region"] }],
    // Off: it knows attributes whose values it checks, and takes `datetime` and `popovertarget` for unknown.
    "no-unknown-attributes": "off",
    // Off: the title is that of a document or a clause with the name of the organization. Its length is not the page's.
    "long-title": "off",
  },
};
