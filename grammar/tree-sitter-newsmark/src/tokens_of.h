#ifndef NEWSMARK_TOKENS_OF_H
#define NEWSMARK_TOKENS_OF_H

/* From the constructs of a block's text to the tokens that the grammar builds them of. */

#include "inline.h"

static void leaf(Scanner *s, Token kind, uint32_t at, uint32_t end, uint32_t whole) {
  Leaf l = {.at = at, .end = end, .whole = whole, .order = s->leaves.n, .kind = (uint8_t)kind};
  PUSH(s->leaves, l);
}

static int by_start(const void *a, const void *b) {
  const Construct *x = a, *y = b;
  if (x->start != y->start) return x->start < y->start ? -1 : 1;
  if (x->end != y->end) return x->end > y->end ? -1 : 1;
  return 0;
}

static int by_place(const void *a, const void *b) {
  const Leaf *x = a, *y = b;
  if (x->at != y->at) return x->at < y->at ? -1 : 1;
  return x->order < y->order ? -1 : 1;
}

static void key_leaves(Scanner *s, uint32_t start, uint32_t at, uint32_t key, uint32_t key_end, uint32_t whole) {
  if (start < at) leaf(s, T_SUPPRESS_AUTHOR, start, at, whole), whole = 0;
  leaf(s, T_AT, at, at + 1, whole);
  if (key > at + 1) leaf(s, T_KEY_OPEN, at + 1, key, 0);
  leaf(s, T_KEY, key, key_end, 0);
  if (key > at + 1) leaf(s, T_KEY_CLOSE, key_end, key_end + 1, 0);
}

static bool is_locator_label(const int32_t *text, uint32_t from, uint32_t to) {
  static const char *const labels[] = {
    "p", "pp", "page", "pages", "ch", "chap", "chapter", "sec", "section", "vol", "volume", "no", "number",
    "para", "paragraph", "fig", "figure", "l", "ll", "line", "lines", "art", "article", "col", "column",
    "fol", "folio", "min", "minute", "minutes", "n", "note", "part", "pt", "slide", "table", "timestamp",
    "v", "verse", "s", "bl", "abs", "kap", "seite", "book", "bk", "rule", "appendix", "app", "act", "scene"};
  while (to > from && text[to - 1] == '.') to--;
  for (uint32_t i = 0; i < sizeof labels / sizeof *labels; i++) {
    uint32_t at = from;
    const char *c = labels[i];
    while (at < to && *c && (text[at] | 32) == *c) at++, c++;
    if (at == to && !*c) return true;
  }
  return false;
}

/* Whether a suffix begins like a place in the source: `, p. 33`, ` {00:12:31}`, `, 17-19`. */
static bool is_locator(const int32_t *text, uint32_t from, uint32_t to) {
  while (from < to && (is_space(text[from]) || text[from] == ',')) from++;
  if (from == to) return false;
  if (text[from] == '{' || text[from] == 0xA7 || text[from] == 0xB6 || is_digit(text[from])) return true;
  uint32_t end = from;
  while (end < to && !is_space(text[end]) && !is_digit(text[end]) && text[end] != ',') end++;
  return is_locator_label(text, from, end);
}

static void trimmed_leaf(Scanner *s, Token kind, uint32_t from, uint32_t to) {
  const int32_t *text = s->text.d;
  while (from < to && is_space(text[from])) from++;
  while (to > from && is_space(text[to - 1])) to--;
  /* Rules are left out one by one where there are too many. */
  if (from < to) leaf(s, kind, from, to, kind == T_RULE ? to : 0);
}

static void group_leaves(Scanner *s, const Construct *c) {
  const int32_t *text = s->text.d;
  uint32_t key = c->x[0], keys_end = c->x[0] + c->x[1], from = c->start + 1;
  uint32_t count = c->x[3];
  leaf(s, T_CITATION_OPEN, c->start, c->start + 1, c->end);
  for (uint32_t i = 0; i <= count; i++) {
    uint32_t to = i < count ? s->group_semicolons.d[c->x[2] + i] : c->end - 1;
    while (key < keys_end && s->group_keys.d[key].start < from) key++;
    const Key *k = &s->group_keys.d[key];
    trimmed_leaf(s, T_PREFIX, from, k->start);
    key_leaves(s, k->start, k->at, k->key, k->key_end, 0);
    trimmed_leaf(s, is_locator(text, k->end, to) ? T_LOCATOR : T_SUFFIX, k->end, to);
    if (i < count) leaf(s, T_CITATION_SEPARATOR, to, to + 1, c->end - 1);
    from = to + 1;
  }
  leaf(s, T_CITATION_CLOSE, c->end - 1, c->end, 0);
}

static void mention_leaves(Scanner *s, const Construct *c) {
  const int32_t *text = s->text.d;
  leaf(s, T_MENTION_OPEN, c->start, c->start + 2, c->end);
  uint32_t hash = c->x[0];
  while (hash < c->x[1] && text[hash] != '#') hash++;
  if (hash > c->x[0]) leaf(s, T_ENTITY, c->x[0], hash, 0);
  if (hash < c->x[1]) leaf(s, T_FRAGMENT_MARK, hash, hash + 1, 0);
  if (hash + 1 < c->x[1]) leaf(s, T_FRAGMENT, hash + 1, c->x[1], 0);
  if (c->x[2]) leaf(s, T_PIPE_MARK, c->x[2], c->x[2] + 1, 0);
  if (c->x[3] < c->x[4]) leaf(s, T_SHOWN, c->x[3], c->x[4], 0);
  leaf(s, T_MENTION_CLOSE, c->end - 2, c->end, 0);
}

static void attribute_leaves(Scanner *s, Token open, uint32_t at, uint32_t end, uint32_t whole) {
  leaf(s, open, at, at + 1, whole);
  leaf(s, T_ATTRIBUTES_CLOSE, end - 1, end, 0);
}

static void link_leaves(Scanner *s, const Construct *c) {
  bool image = c->kind == C_IMAGE;
  leaf(s, image ? T_IMAGE_OPEN : T_LINK_OPEN, c->start, c->start + (image ? 2 : 1), c->end);
  uint32_t close = c->x[4], target_end = c->x[5];
  leaf(s, T_LINK_TEXT_CLOSE, close, close + 1, 0);
  if (target_end > close + 1 && c->x[2] > c->x[3]) {
    leaf(s, T_REFERENCE_LABEL, close + 1, target_end, 0);
  } else if (target_end > close + 1) {
    leaf(s, T_TARGET_OPEN, close + 1, close + 2, 0);
    if (c->x[1] > c->x[0]) leaf(s, T_LINK_DESTINATION, c->x[0], c->x[1], 0);
    if (c->x[3] > c->x[2]) leaf(s, T_TITLE, c->x[2], c->x[3], 0);
    leaf(s, T_TARGET_CLOSE, target_end - 1, target_end, 0);
  }
  if (c->end > target_end) attribute_leaves(s, T_ATTRIBUTES_OPEN, target_end, c->end, 0);
}

/* `<!-- newsmark-ignore RULE, RULE: reason -->`; false if the comment is none. */
static bool suppression_leaves(Scanner *s, uint32_t from, uint32_t end) {
  const int32_t *text = s->text.d;
  uint32_t i = from + 4, stop = end - 3;
  if (stop < i) return false;
  while (i < stop && is_space(text[i])) i++;
  uint32_t word = i;
  if (!starts_with(text, i, stop, "newsmark-ignore")) return false;
  i += 15;
  if (starts_with(text, i, stop, "-file")) i += 5;
  if (i < stop && !is_ascii_space(text[i])) return false;
  leaf(s, T_COMMENT_OPEN, from, from + 4, end);
  if (word > from + 4) leaf(s, T_SPACE, from + 4, word, 0);
  leaf(s, T_SUPPRESS, word, i, 0);
  uint32_t names_end = i;
  while (names_end < stop && text[names_end] != ':') names_end++;
  while (i < names_end) {
    uint32_t to = i;
    while (to < names_end && text[to] != ',') to++;
    trimmed_leaf(s, T_RULE, i, to);
    i = to + 1;
  }
  if (names_end < stop) trimmed_leaf(s, T_REASON, names_end + 1, stop);
  leaf(s, T_COMMENT_CLOSE, end - 3, end, 0);
  return true;
}

static void comment_leaves(Scanner *s, uint32_t from, uint32_t end) {
  if (suppression_leaves(s, from, end)) return;
  uint32_t open = end - from < 7 ? end - from : 4;
  leaf(s, T_COMMENT_OPEN, from, from + open, end);
  if (open == 4) leaf(s, T_COMMENT_CLOSE, end - 3, end, 0);
}

/* Emphasis */

/* Pairs the marks from `from` on, which stand in one context, as CommonMark does. */
static void pair_marks(Scanner *s, uint32_t from, uint32_t to) {
  Marks *marks = s->marks.d;
  for (uint32_t closer = from; closer < to; closer++) {
    while (marks[closer].can_close && marks[closer].length) {
      uint32_t opener = closer;
      bool found = false;
      /* No draft has marks nested that deep. */
      for (uint32_t steps = 0; opener-- > from && steps < 64; steps++) {
        const Marks *o = &marks[opener];
        if (o->sign != marks[closer].sign || !o->can_open || !o->length) continue;
        if ((o->can_close || marks[closer].can_open) && (o->length + marks[closer].length) % 3 == 0 &&
            !(o->length % 3 == 0 && marks[closer].length % 3 == 0)) continue;
        found = true;
        break;
      }
      if (!found) break;
      uint32_t used = marks[opener].length >= 2 && marks[closer].length >= 2 ? 2 : 1;
      uint32_t start = marks[opener].at + marks[opener].length - used, stop = marks[closer].at;
      marks[opener].length -= used;
      marks[closer].length -= used;
      marks[closer].at += used;
      for (uint32_t i = opener + 1; i < closer; i++) marks[i].length = 0;
      if (start + used < stop) {
        leaf(s, used == 2 ? T_STRONG_OPEN : T_EMPHASIS_OPEN, start, start + used, stop + used);
        leaf(s, used == 2 ? T_STRONG_CLOSE : T_EMPHASIS_CLOSE, stop, stop + used, 0);
      }
    }
  }
}

static int by_context(const void *a, const void *b) {
  const Marks *x = a, *y = b;
  if (x->context != y->context) return x->context < y->context ? -1 : 1;
  return x->at < y->at ? -1 : 1;
}

/* A span beats emphasis: marks pair only with those in the same brackets. */
static void read_emphasis(Scanner *s) {
  uint32_t next = 0, kept = 0;
  s->stack_of.n = 0;
  for (uint32_t i = 0; i < s->marks.n; i++) {
    Marks m = s->marks.d[i];
    while (next < s->constructs.n && s->constructs.d[next].start <= m.at) PUSH(s->stack_of, next++);
    while (s->stack_of.n && s->constructs.d[s->stack_of.d[s->stack_of.n - 1]].end <= m.at) s->stack_of.n--;
    m.context = 0;
    if (s->stack_of.n) {
      uint32_t top = s->stack_of.d[s->stack_of.n - 1];
      const Construct *c = &s->constructs.d[top];
      uint32_t content_end = c->kind == C_SPAN ? c->x[0] : c->kind == C_LINK || c->kind == C_IMAGE ? c->x[4] : 0;
      if (m.at >= content_end) continue;
      m.context = top + 1;
    }
    s->marks.d[kept++] = m;
  }
  s->marks.n = kept;
  if (!kept) return;
  qsort(s->marks.d, kept, sizeof *s->marks.d, by_context);
  for (uint32_t from = 0, to = 0; from < kept; from = to) {
    while (to < kept && s->marks.d[to].context == s->marks.d[from].context) to++;
    pair_marks(s, from, to);
  }
}

/* Reads `text[from..end)`, or its beginning, and puts its tokens in order. Gives where it
   stopped. */
static uint32_t read_leaves(Scanner *s, uint32_t from, uint32_t end, bool heading, bool may_stop) {
  end = read_inline(s, from, end, heading, may_stop);
  if (s->constructs.n) qsort(s->constructs.d, s->constructs.n, sizeof *s->constructs.d, by_start);
  /* What stands in a group or a wiki link is not read. */
  uint32_t kept = 0, opaque_end = 0;
  for (uint32_t i = 0; i < s->constructs.n; i++) {
    Construct c = s->constructs.d[i];
    if (c.start < opaque_end) continue;
    if (c.kind >= C_FOOTNOTE || c.kind == C_GROUP || c.kind == C_MENTION) opaque_end = c.end;
    s->constructs.d[kept++] = c;
  }
  s->constructs.n = kept;
  s->leaves.n = 0;
  for (uint32_t i = 0; i < s->constructs.n; i++) {
    const Construct c = s->constructs.d[i];
    switch (c.kind) {
      case C_SPAN:
        leaf(s, T_SPAN_OPEN, c.start, c.start + 1, c.end);
        leaf(s, T_SPAN_CLOSE, c.x[0], c.x[0] + 1, 0);
        attribute_leaves(s, T_ATTRIBUTES_OPEN, c.x[0] + 1, c.end, 0);
        break;
      case C_GROUP: group_leaves(s, &c); break;
      case C_MENTION: mention_leaves(s, &c); break;
      case C_LINK:
      case C_IMAGE: link_leaves(s, &c); break;
      case C_FOOTNOTE: leaf(s, T_FOOTNOTE_REFERENCE, c.start, c.end, c.end); break;
      case C_CODE:
        leaf(s, T_CODE_OPEN, c.start, c.start + c.x[0], c.end);
        leaf(s, T_CODE_CLOSE, c.end - c.x[0], c.end, 0);
        break;
      case C_MATH:
        leaf(s, T_MATH_OPEN, c.start, c.start + c.x[0], c.end);
        leaf(s, T_MATH_CLOSE, c.end - c.x[0], c.end, 0);
        break;
      case C_COMMENT: comment_leaves(s, c.start, c.end); break;
      case C_HTML: leaf(s, T_HTML_TAG, c.start, c.end, c.end); break;
      case C_AUTOLINK: leaf(s, T_AUTOLINK, c.start, c.end, c.end); break;
      case C_ESCAPE: leaf(s, T_BACKSLASH_ESCAPE, c.start, c.end, c.end); break;
      case C_REFERENCE: leaf(s, T_CHARACTER_REFERENCE, c.start, c.end, c.end); break;
      case C_BARE: key_leaves(s, c.start, c.x[0], c.x[1], c.x[2], c.end); break;
      case C_LOOSE: attribute_leaves(s, T_LOOSE_ATTRIBUTES_OPEN, c.start, c.end, c.end); break;
      default: attribute_leaves(s, T_ATTRIBUTES_OPEN, c.start, c.end, 0);
    }
  }
  read_emphasis(s);
  if (s->leaves.n) qsort(s->leaves.d, s->leaves.n, sizeof *s->leaves.d, by_place);
  return end;
}

/* The plan for a stretch of text */

static bool has_quote_mark(const Scanner *s, uint32_t from, uint32_t to) {
  for (uint32_t i = from; i < to; i++) {
    if (s->raw.d[i] == '>') return true;
  }
  return false;
}

/* What stands between two lines of a block. */
static Token between_lines(const Scanner *s, uint32_t from, uint32_t to) {
  return has_quote_mark(s, from, to) ? T_BLOCK_CONTINUATION : T_SPACE;
}

/* Plans `text[from..to)` as tokens of one kind, and later lines of it as `more`; a full
   plan gets them unbroken. */
static void plan_range(Scanner *s, Token kind, Token more, uint32_t from, uint32_t to) {
  const uint32_t *place = s->place.d;
  uint32_t start = from;
  for (uint32_t i = from; i < to && plan_used(s) < SOFT_LIMIT; i++) {
    if (s->text.d[i] != '\n') continue;
    if (i > start) plan(s, kind, place[i] - place[start]);
    if (i > start) kind = more;
    plan(s, between_lines(s, place[i], place[i + 1]), place[i + 1] - place[i]);
    start = i + 1;
  }
  if (to > start) plan(s, kind, place[to] - place[start]);
}

/* What fills the gaps after a token that opens something; TOKEN_COUNT for one that opens
   nothing. */
static Token filling_of(Token kind) {
  switch (kind) {
    case T_SPAN_OPEN:
    case T_LINK_OPEN:
    case T_IMAGE_OPEN:
    case T_EMPHASIS_OPEN:
    case T_STRONG_OPEN: return T_TEXT;
    case T_CITATION_OPEN:
    case T_MENTION_OPEN:
    case T_TARGET_OPEN: return T_SPACE;
    case T_CODE_OPEN: return T_CODE_TEXT;
    case T_MATH_OPEN: return T_MATH_TEXT;
    case T_COMMENT_OPEN: return T_COMMENT_TEXT;
    case T_ATTRIBUTES_OPEN:
    case T_LOOSE_ATTRIBUTES_OPEN: return T_ATTRIBUTES_OPEN;
    default: return TOKEN_COUNT;
  }
}

static bool closes(Token kind) {
  switch (kind) {
    case T_SPAN_CLOSE:
    case T_LINK_TEXT_CLOSE:
    case T_EMPHASIS_CLOSE:
    case T_STRONG_CLOSE:
    case T_CITATION_CLOSE:
    case T_MENTION_CLOSE:
    case T_TARGET_CLOSE:
    case T_CODE_CLOSE:
    case T_MATH_CLOSE:
    case T_COMMENT_CLOSE:
    case T_ATTRIBUTES_CLOSE: return true;
    default: return false;
  }
}

/* Plans the tokens of `text[from..end)`, which were read before. Where they are too many
   for one plan it breaks off at a space outside of all markup, if it `may_break`; inside
   of markup the rest of the innermost is plain text. Gives where it stopped. */
static uint32_t plan_text(Scanner *s, uint32_t from, uint32_t end, bool may_break) {
  uint8_t filling[DEEPEST_MARKUP + 8];
  uint32_t depth = 0, at = from;
  filling[0] = T_TEXT;
  for (uint32_t i = 0; i <= s->leaves.n; i++) {
    bool last = i == s->leaves.n;
    Leaf l = last ? (Leaf){.at = end} : s->leaves.d[i];
    if (l.at < at) continue;
    bool full = plan_used(s) >= SOFT_LIMIT;
    if (full && depth == 0 && may_break) {
      for (uint32_t j = at; j < l.at; j++) {
        if (!is_ascii_space(s->text.d[j]) || j + 1 >= end) continue;
        plan_range(s, T_TEXT, T_TEXT, at, j + 1);
        return j + 1;
      }
    }
    if (!last && l.whole && (plan_used(s) >= SOFT_LIMIT + 20 || depth >= DEEPEST_MARKUP)) {
      while (i + 1 < s->leaves.n && s->leaves.d[i + 1].at < l.whole) i++;
      continue;
    }
    if (filling[depth] != T_ATTRIBUTES_OPEN && l.at > at) {
      plan_range(s, (Token)filling[depth], (Token)filling[depth], at, l.at);
    }
    if (last) break;
    Token kind = (Token)l.kind, inner = filling_of(kind);
    plan_range(s, kind, kind == T_HTML_TAG ? T_HTML_TAG_MORE : kind, l.at, l.end);
    if (inner != TOKEN_COUNT) filling[++depth] = (uint8_t)inner;
    else if (closes(kind) && depth) depth--;
    if (kind == T_COMMENT_OPEN && l.whole == l.end) depth--;
    if (kind == T_REASON) filling[depth] = T_SPACE;
    at = l.end;
  }
  return end;
}

#endif
