(section
  (atx_heading
    (heading_text) @name)) @definition.section

(section
  (setext_heading
    (heading_text) @name)) @definition.section

(span
  (attributes
    (id) @name)) @definition.claim

(fenced_div
  (attributes
    (id) @name)) @definition.claim

(picture
  (attributes
    (id) @name)) @definition.claim

(citation_key) @name @reference.source

(mention
  entity: (entity) @name) @reference.entity
