#ifndef NEWSMARK_HTML_H
#define NEWSMARK_HTML_H

/* Raw HTML and autolinks, as CommonMark has them. Each function gives where a thing that
   begins with the `<` at `at` ends, or 0. */

#include "reader.h"

static bool starts_with(const int32_t *text, uint32_t from, uint32_t to, const char *word);

static uint32_t after_word(const int32_t *text, uint32_t from, uint32_t end, const char *word) {
  for (uint32_t i = from; i < end; i++) {
    if (starts_with(text, i, end, word)) return i + (uint32_t)strlen(word);
  }
  return 0;
}

/* `<!-->` and `<!--->` are comments too. */
static uint32_t comment_end(const int32_t *text, uint32_t at, uint32_t end) {
  return after_word(text, at + 2, end, "-->");
}

static uint32_t autolink_end(const int32_t *text, uint32_t at, uint32_t end) {
  uint32_t i = at + 1;
  if (i < end && is_ascii_letter(text[i])) {
    while (i < end && i < at + 34 &&
           (is_ascii_letter(text[i]) || is_digit(text[i]) || text[i] == '.' || text[i] == '-' || text[i] == '+')) i++;
    if (i < end && text[i] == ':' && i - at >= 3 && i - at <= 33) {
      for (i++; i < end && text[i] > ' ' && text[i] != '<'; i++) {
        if (text[i] == '>') return i + 1;
      }
    }
  }
  for (i = at + 1; i < end && text[i] != '@'; i++) {
    int32_t c = text[i];
    if (!(is_ascii_letter(c) || is_digit(c) || (c > 0 && c < 0x80 && strchr(".!#$%&'*+/=?^_`{|}~-", c)))) return 0;
  }
  if (i >= end || i == at + 1) return 0;
  for (;;) {
    uint32_t label = ++i;
    while (i < end && (is_ascii_letter(text[i]) || is_digit(text[i]) || text[i] == '-')) i++;
    if (i == label || i - label > 63 || text[label] == '-' || text[i - 1] == '-') return 0;
    if (i >= end || text[i] != '.') break;
  }
  return i < end && text[i] == '>' ? i + 1 : 0;
}

/* An opening or closing tag; `one_line` forbids line ends in it. */
static uint32_t tag_end(const int32_t *text, uint32_t at, uint32_t end, bool one_line) {
  uint32_t i = at + 1;
  bool closing = i < end && text[i] == '/';
  if (closing) i++;
  if (i >= end || !is_ascii_letter(text[i])) return 0;
  while (i < end && (is_ascii_letter(text[i]) || is_digit(text[i]) || text[i] == '-')) i++;
#define SKIP_SPACE                                        \
  while (i < end && is_ascii_space(text[i])) {            \
    if (one_line && is_end_of_line(text[i])) return 0;    \
    i++;                                                  \
  }
  if (closing) {
    while (i < end && is_blank(text[i])) i++;
    return i < end && text[i] == '>' ? i + 1 : 0;
  }
  for (;;) {
    uint32_t before = i;
    SKIP_SPACE
    if (i >= end) return 0;
    if (text[i] == '/' || text[i] == '>') break;
    if (i == before) return 0;
    if (!(is_ascii_letter(text[i]) || text[i] == '_' || text[i] == ':')) return 0;
    while (i < end && (is_ascii_letter(text[i]) || is_digit(text[i]) ||
                       (text[i] > 0 && text[i] < 0x80 && strchr("_.:-", text[i])))) i++;
    uint32_t name_end = i;
    SKIP_SPACE
    if (i < end && text[i] == '=') {
      i++;
      SKIP_SPACE
      if (i >= end) return 0;
      int32_t quote = text[i];
      if (quote == '"' || quote == '\'') {
        for (i++; i < end && text[i] != quote; i++) {
          if (one_line && is_end_of_line(text[i])) return 0;
        }
        if (i >= end) return 0;
        i++;
      } else {
        uint32_t from = i;
        while (i < end && !is_ascii_space(text[i]) && !strchr("\"'=<>`", text[i] > 0 && text[i] < 0x80 ? text[i] : 'x')) i++;
        if (i == from) return 0;
      }
    } else {
      i = name_end;
    }
  }
#undef SKIP_SPACE
  if (text[i] == '/') i++;
  return i < end && text[i] == '>' ? i + 1 : 0;
}

/* A tag, an instruction, a declaration or a CDATA section in running text. */
static uint32_t inline_html_end(const int32_t *text, uint32_t at, uint32_t end) {
  if (starts_with(text, at, end, "<?")) return after_word(text, at + 2, end, "?>");
  if (starts_with(text, at, end, "<![CDATA[")) return after_word(text, at + 9, end, "]]>");
  if (starts_with(text, at, end, "<!") && at + 2 < end && is_ascii_letter(text[at + 2])) {
    return after_word(text, at + 2, end, ">");
  }
  return tag_end(text, at, end, false);
}

static bool is_block_tag(const int32_t *text, uint32_t from, uint32_t to) {
  static const char *const tags[] = {
    "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center", "col",
    "colgroup", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr",
    "html", "iframe", "legend", "li", "link", "main", "menu", "menuitem", "nav", "noframes", "ol",
    "optgroup", "option", "p", "param", "search", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "title", "tr", "track", "ul"};
  for (uint32_t t = 0; t < sizeof tags / sizeof *tags; t++) {
    uint32_t i = from;
    const char *tag = tags[t];
    while (i < to && *tag && (text[i] | 32) == *tag) i++, tag++;
    if (i == to && !*tag) return true;
  }
  return false;
}

/* The kinds of HTML block by what ends them: a raw element, a comment, an instruction, a
   declaration, CDATA, or (the last two) a blank line. */
enum { NO_HTML, HTML_RAW, HTML_COMMENT, HTML_INSTRUCTION, HTML_DECLARATION, HTML_CDATA, HTML_BLOCK_TAG, HTML_ANY_TAG };

/* The kind of HTML block that begins at `at`, on a line that ends at `end`. */
static uint8_t html_kind(const int32_t *text, uint32_t at, uint32_t end, bool interrupts) {
  static const char *const raw[] = {"script", "pre", "style", "textarea"};
  if (at >= end || text[at] != '<') return NO_HTML;
  for (uint32_t t = 0; t < 4; t++) {
    uint32_t i = at + 1;
    const char *tag = raw[t];
    while (i < end && *tag && (text[i] | 32) == *tag) i++, tag++;
    if (!*tag && (i == end || is_ascii_space(text[i]) || text[i] == '>')) return HTML_RAW;
  }
  if (starts_with(text, at, end, "<!--")) return HTML_COMMENT;
  if (starts_with(text, at, end, "<?")) return HTML_INSTRUCTION;
  if (starts_with(text, at, end, "<![CDATA[")) return HTML_CDATA;
  if (starts_with(text, at, end, "<!") && at + 2 < end && is_ascii_letter(text[at + 2])) return HTML_DECLARATION;
  uint32_t i = at + 1 + (at + 1 < end && text[at + 1] == '/' ? 1 : 0), from = i;
  while (i < end && (is_ascii_letter(text[i]) || is_digit(text[i]))) i++;
  if (is_block_tag(text, from, i) &&
      (i == end || is_blank(text[i]) || text[i] == '>' || starts_with(text, i, end, "/>"))) return HTML_BLOCK_TAG;
  if (interrupts) return NO_HTML;
  i = tag_end(text, at, end, true);
  if (!i) return NO_HTML;
  while (i < end && is_blank(text[i])) i++;
  return i == end ? HTML_ANY_TAG : NO_HTML;
}

/* Whether an HTML block of that kind ends with the line. */
static bool html_ends(const int32_t *text, uint32_t at, uint32_t end, uint8_t kind) {
  switch (kind) {
    case HTML_RAW:
      for (uint32_t i = at; i < end; i++) {
        if (text[i] != '<') continue;
        static const char *const closing[] = {"</script>", "</pre>", "</style>", "</textarea>"};
        for (uint32_t t = 0; t < 4; t++) {
          if (starts_with(text, i, end, closing[t])) return true;
        }
      }
      return false;
    case HTML_COMMENT: return after_word(text, at, end, "-->") > 0;
    case HTML_INSTRUCTION: return after_word(text, at, end, "?>") > 0;
    case HTML_DECLARATION: return after_word(text, at, end, ">") > 0;
    case HTML_CDATA: return after_word(text, at, end, "]]>") > 0;
    default: return false;
  }
}

#endif
