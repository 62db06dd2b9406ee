; A claim: with its brackets and attributes, and its words alone.

(span
  (span_text) @claim.inner
  (attributes
    (claim_class))) @claim.outer

(span
  (attributes
    (claim_class))) @claim.outer

(fenced_div
  (attributes
    (claim_class))) @claim.outer

(atx_heading
  (heading_text) @claim.inner
  (attributes
    (claim_class))) @claim.outer

(setext_heading
  (heading_text) @claim.inner
  (attributes
    (claim_class))) @claim.outer

(picture
  (description) @claim.inner
  (attributes
    (claim_class))) @claim.outer

; A citation: the group, and one source in it.

(citation) @citation.outer
(cited_item) @citation.inner
(narrative_citation
  (citation_key) @citation.inner) @citation.outer

; A mention: with its brackets, and what is shown of it.

(mention) @mention.outer
(mention
  !shown
  entity: (entity) @mention.inner)
(mention
  shown: (shown) @mention.inner)

(attributes) @attribute.outer
(section) @section.outer
(paragraph) @paragraph.outer
(comment) @comment.outer
(suppression) @comment.outer
