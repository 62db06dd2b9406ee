/* The external scanner: it reads a block as a whole, plans its tokens, and gives them out
   one by one. See README.md. */

#include "blocks.h"

/* Front matter and labels */

static bool is_front_fence(const Scanner *s, Line line, int32_t sign) {
  if (line.end - line.start < 3) return false;
  for (uint32_t i = 0; i < 3; i++) {
    if (s->raw.d[line.start + i] != sign) return false;
  }
  for (uint32_t i = line.start + 3; i < line.end; i++) {
    if (!is_space(s->raw.d[i])) return false;
  }
  return true;
}

static bool is_blank_line(const Scanner *s, Line line) {
  for (uint32_t i = line.start; i < line.end; i++) {
    if (!is_space(s->raw.d[i])) return false;
  }
  return true;
}

static bool looks_like_key(const Scanner *s, Line line) {
  uint32_t i = line.start;
  while (i < line.end && (is_word(s->raw.d[i]) || (s->raw.d[i] > 0 && s->raw.d[i] < 0x80 && strchr("-_\"'", s->raw.d[i])))) i++;
  return i > line.start && i < line.end && s->raw.d[i] == ':' && (i + 1 == line.end || is_blank(s->raw.d[i + 1]));
}

/* Plans the front matter, if the text begins with one; gives the line after it. */
static uint32_t plan_front_matter(Scanner *s) {
  if (!get_line(s, 0) || !is_front_fence(s, s->lines.d[0], '-')) return 0;
  uint32_t blank = 0, close = 0, number = 1;
  for (; get_line(s, number); number++) {
    Line line = s->lines.d[number];
    if (is_front_fence(s, line, '-') || (number > 1 && is_front_fence(s, line, '.'))) {
      close = number;
      break;
    }
    if (is_blank_line(s, line)) {
      if (number == 1) return 0;
      if (!blank) blank = number;
    }
  }
  if (!close && (number == 1 || !looks_like_key(s, s->lines.d[1]))) return 0;
  uint32_t end = close ? close : blank ? blank : number;
  plan(s, T_FRONT_MATTER_FENCE, 3);
  plan_end_of_line(s, 3, 0);
  uint32_t from = s->lines.d[1].start, to = s->lines.d[end - 1].next;
  if (end > 1 && to > from) plan(s, T_FRONT_MATTER_CONTENT, to - from);
  if (close) {
    plan(s, T_FRONT_MATTER_FENCE, 3);
    plan_end_of_line(s, s->lines.d[close].start + 3, close);
    end++;
  }
  return end;
}

/* Finds the labels of footnotes and links that the text defines: what `[^1]` and
   `[the list]` are depends on them. */
static void find_labels(Scanner *s, uint32_t number) {
  bool may_define = true;
  for (; get_line(s, number); number++) {
    Line line = s->lines.d[number];
    uint32_t i = line.start;
    while (i < line.end && (is_blank(s->raw.d[i]) || s->raw.d[i] == '>')) i++;
    uint32_t marker, value;
    while ((marker = list_marker(s, i, line.end, &value))) {
      i += marker;
      while (i < line.end && is_blank(s->raw.d[i])) i++;
    }
    uint32_t label = footnote_label(s, i, line.end);
    if (label) {
      if (s->label_count < MOST_LABELS) s->labels[s->label_count++] = label_of(s->raw.d, i + 2, i + label - 2, true);
      may_define = true;
    } else if (may_define && i < line.end && s->raw.d[i] == '[') {
      uint32_t last = number;
      while (last < number + 3 && get_line(s, last + 1)) last++;
      Definition d;
      may_define = read_definition(s->raw.d, i, s->lines.d[last].end, &d);
      if (may_define && s->label_count < MOST_LABELS) {
        s->labels[s->label_count++] = label_of(s->raw.d, i + 1, d.label_end - 2, false);
      }
    } else {
      may_define = i >= line.end || s->raw.d[i] == '#' || is_thematic_break(s, i, line.end) ||
                   run_of(s, i, line.end, ':') >= 3;
    }
  }
}

void *tree_sitter_newsmark_external_scanner_create(void) {
  Scanner *s = calloc(1, sizeof *s);
  if (!s) abort();
  return s;
}

void tree_sitter_newsmark_external_scanner_destroy(void *payload) {
  Scanner *s = payload;
  free(s->raw.d), free(s->lines.d), free(s->text.d), free(s->place.d);
  free(s->openers.d), free(s->keys.d), free(s->group_keys.d), free(s->bare.d);
  free(s->semicolons.d), free(s->group_semicolons.d), free(s->waiting.d), free(s->constructs.d);
  free(s->marks.d), free(s->leaves.d), free(s->stack_of.d), free(s->parentheses.d);
  free(s->dead.d), free(s->braces.d), free(s);
}

unsigned tree_sitter_newsmark_external_scanner_serialize(void *payload, char *buffer) {
  const Scanner *s = payload;
  unsigned n = 0;
  buffer[n++] = (char)(s->started | s->no_fence << 1 | s->mode << 2);
  buffer[n++] = (char)s->mode_a;
  buffer[n++] = (char)s->mode_b;
  buffer[n++] = (char)s->mode_c;
  buffer[n++] = (char)s->depth;
  buffer[n++] = (char)s->label_count;
  memcpy(buffer + n, s->stack, s->depth * sizeof(Container));
  n += s->depth * (unsigned)sizeof(Container);
  memcpy(buffer + n, s->labels, s->label_count * sizeof(Label));
  n += s->label_count * (unsigned)sizeof(Label);
  memcpy(buffer + n, s->plan + s->plan_at, (size_t)(s->plan_end - s->plan_at));
  return n + s->plan_end - s->plan_at;
}

void tree_sitter_newsmark_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  Scanner *s = payload;
  s->started = s->no_fence = false;
  s->mode = s->mode_a = s->mode_b = s->mode_c = s->depth = s->label_count = 0;
  s->plan_at = s->plan_end = 0;
  if (length < 6) return;
  unsigned n = 6;
  s->started = buffer[0] & 1;
  s->no_fence = buffer[0] & 2;
  s->mode = (uint8_t)buffer[0] >> 2;
  s->mode_a = (uint8_t)buffer[1];
  s->mode_b = (uint8_t)buffer[2];
  s->mode_c = (uint8_t)buffer[3];
  s->depth = (uint8_t)buffer[4];
  s->label_count = (uint8_t)buffer[5];
  memcpy(s->stack, buffer + n, s->depth * sizeof(Container));
  n += s->depth * (unsigned)sizeof(Container);
  memcpy(s->labels, buffer + n, s->label_count * sizeof(Label));
  n += s->label_count * (unsigned)sizeof(Label);
  s->plan_end = (uint16_t)(length - n);
  memcpy(s->plan, buffer + n, s->plan_end);
}

/* A line end in an attribute block, with what the containers put before the next line. */
static bool line_end_in_attributes(Scanner *s) {
  TSLexer *lexer = s->lexer;
  uint32_t quotes = 0;
  bool marked = false;
  for (uint32_t i = 0; i < s->depth; i++) quotes += s->stack[i].type == QUOTE;
  if (lexer->lookahead == '\r') lexer->advance(lexer, false);
  if (lexer->lookahead == '\n') lexer->advance(lexer, false);
  while (is_blank(lexer->lookahead) || (quotes && lexer->lookahead == '>')) {
    if (lexer->lookahead == '>') quotes--, marked = true;
    lexer->advance(lexer, false);
  }
  lexer->mark_end(lexer);
  lexer->result_symbol = marked ? T_BLOCK_CONTINUATION : T_SPACE;
  return true;
}

bool tree_sitter_newsmark_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  enum { MUCH = 1 << 20 };
  Scanner *s = payload;
  Token kind;
  uint32_t length;
  uint16_t after;
  s->lexer = lexer;
  if (next_planned(s, &kind, &length, &after)) {
    if (kind == T_ATTRIBUTES_CLOSE) {
      if (is_end_of_line(lexer->lookahead) && valid[T_SPACE]) return line_end_in_attributes(s);
      if (lexer->lookahead != '}' || !valid[kind]) return false;
    }
    if (!valid[kind]) return false;
    for (uint32_t i = 0; i < length && !lexer->eof(lexer); i++) lexer->advance(lexer, false);
    lexer->mark_end(lexer);
    lexer->result_symbol = (TSSymbol)kind;
    s->plan_at = after;
    return true;
  }
  /* Nothing planned: look ahead, and plan. */
  s->plan_at = s->plan_end = 0;
  /* Looking for labels takes in the whole text once: a large one is not kept. */
  if (s->raw.cap > MUCH) {
    free(s->raw.d);
    s->raw.d = NULL;
    s->raw.cap = 0;
  }
  s->raw.n = s->lines.n = 0;
  lexer->mark_end(lexer);
  if (!s->started) {
    /* The front matter alone, or the first block: a token that looks so far ahead has to
       stand inside a small node, so that after an edit the others are used again. */
    s->started = true;
    uint32_t number = plan_front_matter(s);
    find_labels(s, number);
    if (!s->plan_end) plan_line(s);
  } else if (s->mode == TEXT_BLOCK) {
    plan_rest(s);
  } else {
    plan_line(s);
  }
  if (!next_planned(s, &kind, &length, &after)) return false;
  lexer->result_symbol = T_PLAN;
  if (length == 0 && valid[kind]) {
    lexer->result_symbol = (TSSymbol)kind;
    s->plan_at = after;
  }
  return true;
}
