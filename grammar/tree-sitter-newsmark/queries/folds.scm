[
  (front_matter)
  (section)
  (fenced_div)
  (fenced_code_block)
  (html_block)
  (block_quote)
  (list)
  (table)
  (footnote_definition)
] @fold
