// What is looked for in style sheets: only what a browser does not understand or does not heed. How a sheet is laid out
// is not looked at.

export default {
  reportDescriptionlessDisables: true,
  reportInvalidScopeDisables: true,
  reportNeedlessDisables: true,
  rules: {
    // Names that there are.
    "annotation-no-unknown": true,
    "at-rule-descriptor-no-unknown": true,
    "at-rule-no-unknown": true,
    "function-no-unknown": true,
    "media-feature-name-no-unknown": true,
    "no-unknown-animations": true,
    "no-unknown-custom-media": true,
    "property-no-unknown": true,
    "selector-pseudo-class-no-unknown": true,
    "selector-pseudo-element-no-unknown": true,
    "selector-type-no-unknown": true,
    "unit-no-unknown": true,
    // Values by the grammar of each property.
    "at-rule-descriptor-value-no-unknown": true,
    "at-rule-prelude-no-invalid": true,
    "color-no-invalid-hex": true,
    "custom-property-no-missing-var-function": true,
    "declaration-property-value-no-unknown": true,
    "function-calc-no-unspaced-operator": true,
    "media-feature-name-value-no-unknown": true,
    "media-query-no-invalid": true,
    "named-grid-areas-no-invalid": true,
    "no-irregular-whitespace": true,
    "selector-anb-no-unmatchable": true,
    "string-no-newline": true,
    "syntax-string-no-invalid": true,
    // Where things may stand.
    "keyframe-declaration-no-important": true,
    "nesting-selector-no-missing-scoping-root": true,
    "no-invalid-position-at-import-rule": true,
    "no-invalid-position-declaration": true,
    // What says nothing, or is undone in the same place.
    "block-no-empty": true,
    "comment-no-empty": true,
    "declaration-block-no-duplicate-custom-properties": true,
    "declaration-block-no-duplicate-properties": [true, { ignore: ["consecutive-duplicates-with-different-syntaxes"] }],
    "declaration-block-no-shorthand-property-overrides": true,
    "font-family-no-duplicate-names": true,
    "keyframe-block-no-duplicate-selectors": true,
    "no-duplicate-at-import-rules": true,
    "no-empty-source": true,
    // What is on its way out.
    "at-rule-no-deprecated": true,
    "declaration-property-value-keyword-no-deprecated": true,
    "media-type-no-deprecated": true,
    "property-no-deprecated": true,
  },
};
