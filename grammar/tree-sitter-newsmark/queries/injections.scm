((front_matter_content) @injection.content
  (#set! injection.language "yaml"))

(fenced_code_block
  (info_string
    (language) @injection.language)
  (code_content) @injection.content)

((html_block) @injection.content
  (#set! injection.language "html")
  (#set! injection.include-children))

((math) @injection.content
  (#set! injection.language "latex")
  (#set! injection.include-children))

((comment) @injection.content
  (#set! injection.language "comment"))
