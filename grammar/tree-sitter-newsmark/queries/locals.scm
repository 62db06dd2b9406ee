; A claim's id, and the claims of the same article that refer to it.

(document) @local.scope

(attributes
  (id) @local.definition)

((attribute
  key: (key) @_key
  value: (value) @local.reference)
  (#any-of? @_key
    "answers" "disputes" "confirms" "repeats" "corrects" "updates" "continues"))

((attribute
  key: (key) @_key
  value: (quoted_value
    (value) @local.reference))
  (#any-of? @_key
    "answers" "disputes" "confirms" "repeats" "corrects" "updates" "continues"))
