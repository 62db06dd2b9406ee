; Captures as Neovim has them; those of other editors inherit by the first words.

; Blocks

(front_matter_fence) @punctuation.special

(atx_heading (h1_marker)) @markup.heading.1
(atx_heading (h2_marker)) @markup.heading.2
(atx_heading (h3_marker)) @markup.heading.3
(atx_heading (h4_marker)) @markup.heading.4
(atx_heading (h5_marker)) @markup.heading.5
(atx_heading (h6_marker)) @markup.heading.6
(setext_heading (h1_underline)) @markup.heading.1
(setext_heading (h2_underline)) @markup.heading.2

(thematic_break) @punctuation.special

(fenced_code_block) @markup.raw.block
(indented_code_block) @markup.raw.block
(code_fence) @punctuation.delimiter
(language) @label

(block_quote) @markup.quote
[
  (block_quote_marker)
  (block_continuation)
] @punctuation.special

(list_marker) @markup.list
(task_open) @markup.list.unchecked
(task_done) @markup.list.checked

(table_header) @markup.heading
[
  "|"
  (delimiter_row)
] @punctuation.special

(div_fence) @punctuation.special

(footnote_label) @markup.link.label
(footnote_reference) @markup.link

(link_label) @markup.link.label
(html_block) @tag

; Inline

(emphasis) @markup.italic
(strong_emphasis) @markup.strong
(emphasis_delimiter) @punctuation.delimiter

(code_span) @markup.raw
(code_delimiter) @punctuation.delimiter
(math) @markup.math
(math_delimiter) @punctuation.delimiter

[
  (backslash_escape)
  (character_reference)
] @string.escape

(html_tag) @tag
(autolink) @markup.link.url

(link
  [
    "["
    "]"
    "("
    ")"
  ] @punctuation.bracket)
(link (link_text) @markup.link.label)

(picture
  [
    "!["
    "]"
    "("
    ")"
  ] @punctuation.bracket)
(picture (description) @markup.link.label)

(link_destination) @markup.link.url
(link_title) @string

[
  (comment)
  (suppression)
] @comment
(directive) @keyword.directive
(rule) @constant

; Annotations

(span
  [
    "["
    "]"
  ] @punctuation.bracket)

(attributes
  [
    "{"
    "}"
  ] @punctuation.bracket)

(claim_class) @type
(class) @attribute
(unnumbered) @attribute
(id) @label
(key) @property
"=" @operator
(value) @string
(quoted_value
  [
    "\""
    "'"
  ] @punctuation.delimiter)

(misplaced_attributes) @diagnostic.warning

(citation
  [
    "["
    "]"
    ";"
  ] @punctuation.bracket)
"@" @punctuation.special
(suppress_author) @operator
(citation_key) @markup.link
[
  (prefix)
  (suffix)
] @string.special
(locator) @number

(mention
  [
    "[["
    "]]"
    "|"
    "#"
  ] @punctuation.bracket)
(entity) @markup.link
(claim_reference) @label
(shown) @markup.link.label

[
  (paragraph)
  (heading_text)
  (table_cell)
] @spell
[
  (attributes)
  (misplaced_attributes)
  (citation)
  (narrative_citation)
  (entity)
  (link_destination)
  (autolink)
  (code_span)
  (math)
  (html_tag)
  (comment)
  (suppression)
] @nospell
