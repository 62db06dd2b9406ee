#ifndef NEWSMARK_BLOCKS_H
#define NEWSMARK_BLOCKS_H

/* Blocks: from the line at which the scanner stands to a plan of tokens for it, and for
   the lines that its paragraph takes in. */

#include "tokens_of.h"

/* Reading ahead */

/* The line of that number, counted from where the scanner stands; false past the end. */
static bool get_line(Scanner *s, uint32_t number) {
  TSLexer *lexer = s->lexer;
  while (s->lines.n <= number) {
    if (lexer->eof(lexer)) return false;
    Line line = {.start = s->raw.n};
    while (!lexer->eof(lexer) && !is_end_of_line(lexer->lookahead)) {
      PUSH(s->raw, lexer->lookahead);
      lexer->advance(lexer, false);
    }
    line.end = s->raw.n;
    if (!lexer->eof(lexer)) {
      bool carriage = lexer->lookahead == '\r';
      PUSH(s->raw, lexer->lookahead);
      lexer->advance(lexer, false);
      if (carriage && !lexer->eof(lexer) && lexer->lookahead == '\n') {
        PUSH(s->raw, lexer->lookahead);
        lexer->advance(lexer, false);
      }
    }
    line.next = s->raw.n;
    PUSH(s->lines, line);
  }
  return true;
}

/* A place in a line, with the columns of a tab that are not used up. */
typedef struct {
  uint32_t at, end, column, left;
} Cursor;

static Cursor at_line(const Scanner *s, uint32_t number) {
  Line line = s->lines.d[number];
  return (Cursor){.at = line.start, .end = line.end};
}

/* Skips up to `wanted` columns of blanks; gives how many were lacking. */
static uint32_t skip_columns(const Scanner *s, Cursor *c, uint32_t wanted) {
  uint32_t used = c->left < wanted ? c->left : wanted;
  c->left -= used;
  wanted -= used;
  while (wanted && c->at < c->end) {
    if (s->raw.d[c->at] == ' ') {
      c->at++, c->column++, wanted--;
    } else if (s->raw.d[c->at] == '\t') {
      uint32_t columns = 4 - c->column % 4;
      c->at++, c->column += columns;
      used = columns < wanted ? columns : wanted;
      wanted -= used;
      c->left = columns - used;
    } else {
      break;
    }
  }
  return wanted;
}

static void skip_blanks(const Scanner *s, Cursor *c) {
  c->left = 0;
  while (c->at < c->end && is_blank(s->raw.d[c->at])) c->column += s->raw.d[c->at++] == '\t' ? 4 - c->column % 4 : 1;
}

static bool rest_is_blank(const Scanner *s, uint32_t at, uint32_t end) {
  while (at < end && is_blank(s->raw.d[at])) at++;
  return at == end;
}

/* The same with every space of Unicode, as fences of divs have it. */
static bool rest_is_space(const int32_t *text, uint32_t at, uint32_t end) {
  while (at < end && is_space(text[at])) at++;
  return at == end;
}

/* How many containers the line is in. */
static uint32_t match_containers(const Scanner *s, Cursor *c) {
  uint32_t i = 0;
  for (; i < s->depth; i++) {
    Cursor before = *c;
    switch (s->stack[i].type) {
      case QUOTE:
        skip_columns(s, c, 3);
        if (c->at >= c->end || s->raw.d[c->at] != '>') {
          *c = before;
          return i;
        }
        c->at++, c->column++, c->left = 0;
        skip_columns(s, c, 1);
        break;
      case ITEM:
      case FOOTNOTE:
        if (skip_columns(s, c, s->stack[i].type == ITEM ? s->stack[i].indent : 4) && c->at < c->end) {
          *c = before;
          return i;
        }
        break;
      default: break;
    }
  }
  return i;
}

/* What begins at a place in a line */

static bool is_thematic_break(const Scanner *s, uint32_t at, uint32_t end) {
  if (at >= end) return false;
  int32_t sign = s->raw.d[at];
  if (sign != '*' && sign != '-' && sign != '_') return false;
  uint32_t count = 0;
  for (; at < end; at++) {
    if (s->raw.d[at] == sign) count++;
    else if (!is_blank(s->raw.d[at])) return false;
  }
  return count >= 3;
}

static uint32_t run_of(const Scanner *s, uint32_t at, uint32_t end, int32_t sign) {
  uint32_t from = at;
  while (at < end && s->raw.d[at] == sign) at++;
  return at - from;
}

/* The level of the heading, or 0. */
static uint32_t heading_level(const Scanner *s, uint32_t at, uint32_t end) {
  uint32_t level = run_of(s, at, end, '#');
  return level >= 1 && level <= 6 && (at + level == end || is_ascii_space(s->raw.d[at + level])) ? level : 0;
}

/* The length of the code fence, or 0. */
static uint32_t code_fence(const Scanner *s, uint32_t at, uint32_t end) {
  if (at >= end || (s->raw.d[at] != '`' && s->raw.d[at] != '~')) return 0;
  int32_t sign = s->raw.d[at];
  uint32_t length = run_of(s, at, end, sign);
  if (length < 3) return 0;
  for (uint32_t i = at + length; sign == '`' && i < end; i++) {
    if (s->raw.d[i] == '`') return 0;
  }
  return length;
}

/* The characters of a list marker, or 0; `number` is 0 for bullets. */
static uint32_t list_marker(const Scanner *s, uint32_t at, uint32_t end, uint32_t *number) {
  uint32_t i = at;
  *number = 0;
  if (i < end && (s->raw.d[i] == '-' || s->raw.d[i] == '+' || s->raw.d[i] == '*')) {
    i++;
  } else {
    while (i < end && i < at + 9 && is_digit(s->raw.d[i])) *number = *number * 10 + (uint32_t)(s->raw.d[i++] - '0');
    if (i == at || i >= end || (s->raw.d[i] != '.' && s->raw.d[i] != ')')) return 0;
    i++;
  }
  return i == end || is_blank(s->raw.d[i]) ? i - at : 0;
}

/* The characters of `[^label]:`, or 0. */
static uint32_t footnote_label(const Scanner *s, uint32_t at, uint32_t end) {
  if (at + 3 >= end || s->raw.d[at] != '[' || s->raw.d[at + 1] != '^') return 0;
  uint32_t i = at + 2;
  bool any = false;
  while (i < end && s->raw.d[i] != ']') {
    if (s->raw.d[i] == '[') return 0;
    any |= !is_space(s->raw.d[i]);
    i += s->raw.d[i] == '\\' ? 2 : 1;
  }
  return any && i + 1 < end && s->raw.d[i + 1] == ':' ? i + 2 - at : 0;
}

static bool is_html_open(const Scanner *s, uint32_t at, uint32_t end) {
  return html_kind(s->raw.d, at, end, true) != NO_HTML;
}

/* The level of the heading that the line underlines, or 0. */
static uint32_t underline_level(const Scanner *s, uint32_t at, uint32_t end) {
  if (at >= end || (s->raw.d[at] != '=' && s->raw.d[at] != '-')) return 0;
  uint32_t length = run_of(s, at, end, s->raw.d[at]);
  return rest_is_blank(s, at + length, end) ? (s->raw.d[at] == '=' ? 1 : 2) : 0;
}

/* The columns of a table by the line of dashes under its head, or 0. */
static uint32_t table_columns(const Scanner *s, Cursor c) {
  if (!skip_columns(s, &c, 4) || c.at >= c.end) return 0;
  uint32_t columns = 0;
  bool pipe = false, dash = false, dash_in_column = false, at_start = true;
  if (s->raw.d[c.at] == '|') c.at++, pipe = true;
  for (; c.at < c.end; c.at++) {
    switch (s->raw.d[c.at]) {
      case ' ': break;
      case ':': at_start = false; break;
      case '-': at_start = false, dash = dash_in_column = true; break;
      case '|':
        if (!dash_in_column) return 0;
        at_start = pipe = true, dash_in_column = false;
        columns++;
        break;
      default: return 0;
    }
  }
  if (!at_start) columns++;
  return pipe && dash ? columns : 0;
}

/* The columns of the head that a line would be, or 0 without a pipe. */
static uint32_t head_columns(const Scanner *s, uint32_t at, uint32_t end) {
  uint32_t pipes = 0, last = 0, from = at;
  for (uint32_t i = at; i < end; i++) {
    if (s->raw.d[i] == '\\') {
      i++;
      continue;
    }
    if (s->raw.d[i] == '|') pipes++, last = i;
  }
  if (!pipes) return 0;
  while (from < end && is_blank(s->raw.d[from])) from++;
  if (s->raw.d[from] == '|') pipes--;
  return rest_is_blank(s, last + 1, end) ? pipes : pipes + 1;
}

/* Whether a table's head stands at `at` in line `number`. */
static uint32_t table_at(Scanner *s, uint32_t number, uint32_t at) {
  uint32_t columns = head_columns(s, at, s->lines.d[number].end);
  if (!columns || !get_line(s, number + 1)) return 0;
  Cursor c = at_line(s, number + 1);
  if (match_containers(s, &c) < s->depth) return 0;
  return table_columns(s, c) == columns ? columns : 0;
}

/* Whether what begins there ends a paragraph. */
static bool interrupts(Scanner *s, uint32_t number, uint32_t at, bool in_container, bool in_table) {
  uint32_t end = s->lines.d[number].end, value;
  if (at >= end) return true;
  if (is_thematic_break(s, at, end) || heading_level(s, at, end) || code_fence(s, at, end)) return true;
  if (s->raw.d[at] == '>' || is_html_open(s, at, end) || footnote_label(s, at, end)) return true;
  uint32_t marker = list_marker(s, at, end, &value);
  if (marker) {
    bool bullet = !is_digit(s->raw.d[at]);
    if (!in_container || in_table) return true;
    if ((bullet || value == 1) && !rest_is_blank(s, at + marker, end)) return true;
  }
  return !in_table && s->raw.d[at] == '|' && table_at(s, number, at);
}

/* Whether the line closes the innermost div, with its fence at `*at`. */
static bool closes_div(const Scanner *s, uint32_t number, uint32_t *at) {
  int32_t innermost = (int32_t)s->depth - 1;
  while (innermost >= 0 && s->stack[innermost].type != DIV) innermost--;
  if (innermost < 0) return false;
  Line line = s->lines.d[number];
  uint32_t i = line.start, quotes = 0;
  while (i < line.end && (is_blank(s->raw.d[i]) || s->raw.d[i] == '>')) quotes += s->raw.d[i++] == '>';
  if (i - line.start != s->stack[innermost].column || quotes != s->stack[innermost].indent) return false;
  uint32_t colons = run_of(s, i, line.end, ':');
  if (colons < 3 || !rest_is_space(s->raw.d, i + colons, line.end)) return false;
  *at = i;
  return true;
}

/* A paragraph's text */

static void take_line(Scanner *s, uint32_t from, uint32_t end) {
  for (uint32_t i = from; i < end; i++) {
    PUSH(s->text, s->raw.d[i]);
    PUSH(s->place, i);
  }
}

/* Where a paragraph ends. */
typedef struct {
  /* The line after its last one, and the level of the heading that this line makes of it. */
  uint32_t next_line, level, underline;
} Ending;

/* Where a line of three colons ends a paragraph, besides the one that closes a div. */
typedef enum { AT_NO_FENCE, AFTER_FENCE, AT_FENCE } FenceEnding;

/* Gathers the text of the paragraph that begins at `from` in line `number`. Directly after
   a fence that is text, which the first line may be, another fence may stand. */
static Ending gather(Scanner *s, uint32_t number, uint32_t from, FenceEnding fences) {
  s->text.n = s->place.n = 0;
  Ending ending = {0};
  for (;;) {
    Line line = s->lines.d[number];
    take_line(s, from, line.end);
    ending.next_line = ++number;
    if (!get_line(s, number)) break;
    Cursor c = at_line(s, number);
    uint32_t fence;
    bool in_container = match_containers(s, &c) == s->depth;
    if (closes_div(s, number, &fence)) break;
    Cursor indented = c;
    if (skip_columns(s, &indented, 4)) {
      if (in_container) {
        ending.level = underline_level(s, indented.at, c.end);
        ending.underline = indented.at;
        if (ending.level) break;
      }
      if (interrupts(s, number, indented.at, in_container, false)) break;
    }
    skip_blanks(s, &c);
    if (c.at >= c.end) break;
    if (fences && run_of(s, c.at, c.end, ':') >= 3) break;
    if (fences == AFTER_FENCE) fences = AT_NO_FENCE;
    PUSH(s->text, '\n');
    PUSH(s->place, line.end);
    from = c.at;
  }
  while (s->text.n && is_blank(s->text.d[s->text.n - 1])) s->text.n--, s->place.n--;
  uint32_t end = s->text.n ? s->place.d[s->place.n - 1] + 1 : from;
  PUSH(s->place, end);
  return ending;
}

/* Plans */

static void plan_end_of_line(Scanner *s, uint32_t from, uint32_t number) {
  plan(s, T_END_OF_LINE, s->lines.d[number].next - from);
}

static void plan_prefix(Scanner *s, uint32_t from, uint32_t to) {
  if (to > from) plan(s, between_lines(s, from, to), to - from);
}

/* The parts of `[label]: destination "title"`, as places in a text. Without a title its
   places are those of the destination's end. */
typedef struct {
  uint32_t label_end, destination, destination_end, title, title_end, end;
} Definition;

/* Reads the link definition that begins at `text[from]`, if one does. */
static bool read_definition(const int32_t *text, uint32_t from, uint32_t end, Definition *d) {
  enum { LONGEST_LABEL = 1000 };
  uint32_t i = from + 1;
  bool any = false;
  if (from >= end || text[from] != '[') return false;
  while (i < end && text[i] != ']') {
    if (text[i] == '[' || i > from + LONGEST_LABEL) return false;
    any |= !is_space(text[i]);
    i += text[i] == '\\' && i + 1 < end && is_punctuation(text[i + 1]) ? 2 : 1;
  }
  if (!any || i + 1 >= end || text[i + 1] != ':') return false;
  d->label_end = i + 2;
  for (i += 2; i < end && is_ascii_space(text[i]); i++) {}
  d->destination = i;
  i = destination_end(text, i, end);
  if (!i || i == d->destination) return false;
  d->destination_end = d->title = d->title_end = i;
  uint32_t stop = i;
  while (stop < end && is_blank(text[stop])) stop++;
  bool whole_line = stop >= end || is_end_of_line(text[stop]);
  uint32_t title = stop;
  while (title < end && is_ascii_space(text[title])) title++;
  if (title > i && title < end && (text[title] == '"' || text[title] == '\'' || text[title] == '(')) {
    uint32_t to = title_end(text, title, end), after = to;
    while (to && after < end && is_blank(text[after])) after++;
    if (to && (after >= end || is_end_of_line(text[after]))) {
      d->title = title, d->title_end = to, stop = after;
      whole_line = true;
    }
  }
  d->end = stop;
  return whole_line;
}

/* Plans the definition at `text[from]` and gives where the text goes on, or `from` where
   there is none. */
static uint32_t plan_definition(Scanner *s, uint32_t from, uint32_t last_line) {
  Definition d;
  if (!read_definition(s->text.d, from, s->text.n, &d)) return from;
  plan_range(s, T_DEFINITION_LABEL, T_DEFINITION_LABEL, from, d.label_end);
  plan_range(s, T_SPACE, T_SPACE, d.label_end, d.destination);
  plan_range(s, T_LINK_DESTINATION, T_LINK_DESTINATION, d.destination, d.destination_end);
  plan_range(s, T_SPACE, T_SPACE, d.destination_end, d.title);
  plan_range(s, T_TITLE, T_TITLE, d.title, d.title_end);
  if (d.end >= s->text.n) {
    plan_end_of_line(s, s->place.d[d.title_end], last_line);
    return s->text.n;
  }
  plan(s, T_END_OF_LINE, s->place.d[d.end + 1] - s->place.d[d.title_end]);
  return d.end + 1;
}

/* Plans the gathered text from `from` on, and the end of its block. */
static void plan_paragraph(Scanner *s, uint32_t from, Ending ending) {
  uint32_t end = s->text.n, last = ending.next_line - 1;
  uint32_t read = read_leaves(s, from, end, ending.level > 0, true);
  uint32_t stopped = plan_text(s, from, read, true);
  s->mode = NOTHING;
  if (stopped < end) {
    s->mode = TEXT_BLOCK;
    return;
  }
  if (!ending.level) {
    plan_end_of_line(s, s->place.d[end], last);
    return;
  }
  plan(s, between_lines(s, s->place.d[end], ending.underline), ending.underline - s->place.d[end]);
  uint32_t length = run_of(s, ending.underline, s->lines.d[ending.next_line].end, s->raw.d[ending.underline]);
  plan(s, ending.level == 1 ? T_H1_UNDERLINE : T_H2_UNDERLINE, length);
  plan_end_of_line(s, ending.underline + length, ending.next_line);
}

/* A line's text alone, from `from` to `end`. */
static void plan_line_text(Scanner *s, uint32_t from, uint32_t end, bool heading) {
  s->text.n = s->place.n = 0;
  take_line(s, from, end);
  PUSH(s->place, end);
  read_leaves(s, 0, s->text.n, heading, false);
  plan_text(s, 0, s->text.n, false);
}

static void plan_heading(Scanner *s, uint32_t at, uint32_t level) {
  Line line = s->lines.d[0];
  uint32_t from = at + level, end = line.end;
  while (from < end && is_blank(s->raw.d[from])) from++;
  while (end > from && is_blank(s->raw.d[end - 1])) end--;
  plan(s, T_HEADING_START, 0);
  plan(s, (Token)(T_H1_MARKER + level - 1), level);
  if (from > at + level) plan(s, T_SPACE, from - at - level);
  uint32_t text_end = end;
  while (text_end > from && s->raw.d[text_end - 1] == '#') text_end--;
  if (text_end > from && s->raw.d[text_end - 1] != ' ') text_end = end;
  uint32_t closing = text_end;
  while (text_end > from && is_blank(s->raw.d[text_end - 1])) text_end--;
  bool closed = closing < end;
  plan_line_text(s, from, text_end, !closed);
  if (closed) {
    if (closing > text_end) plan(s, T_SPACE, closing - text_end);
    plan(s, T_CLOSING_MARKER, end - closing);
  }
  plan_end_of_line(s, end, 0);
}

static void plan_row(Scanner *s, uint32_t at, uint32_t columns) {
  Line line = s->lines.d[0];
  uint32_t cells = 0;
  for (;;) {
    if (at < line.end && s->raw.d[at] == '|') plan(s, T_PIPE, 1), at++;
    uint32_t from = at;
    while (from < line.end && is_blank(s->raw.d[from])) from++;
    if (from > at) plan(s, T_SPACE, from - at);
    if (from >= line.end) {
      plan_end_of_line(s, from, 0);
      return;
    }
    /* A row of hundreds of cells: the rest is skipped, as what has no column is. */
    if (cells++ >= columns || plan_used(s) > SOFT_LIMIT) {
      plan(s, T_SPACE, line.end - from);
      plan_end_of_line(s, line.end, 0);
      return;
    }
    uint32_t to = from;
    while (to < line.end && !(s->raw.d[to] == '|' && s->raw.d[to - 1] != '\\')) to++;
    uint32_t end = to;
    while (end > from && is_blank(s->raw.d[end - 1])) end--;
    if (end > from) plan_line_text(s, from, end, false);
    if (to > end) plan(s, T_SPACE, to - end);
    at = to;
  }
}

/* Plans the gathered text of an HTML block: comments, and everything else. */
static void plan_html(Scanner *s) {
  const int32_t *text = s->text.d;
  uint32_t end = s->text.n, i = 0;
  while (i < end && plan_used(s) < SOFT_LIMIT) {
    uint32_t open = i;
    while (open < end && !starts_with(text, open, end, "<!--")) open++;
    uint32_t close = open < end ? comment_end(text, open, end) : 0;
    if (!close) break;
    plan_range(s, T_HTML_TEXT, T_HTML_TEXT, i, open);
    s->leaves.n = 0;
    comment_leaves(s, open, close);
    uint32_t from = open;
    Token filling = T_COMMENT_TEXT;
    for (uint32_t l = 0; l < s->leaves.n; l++) {
      const Leaf leaf = s->leaves.d[l];
      if (leaf.kind == T_RULE && plan_used(s) > SOFT_LIMIT) continue;
      plan_range(s, filling, filling, from, leaf.at);
      plan_range(s, (Token)leaf.kind, (Token)leaf.kind, leaf.at, leaf.end);
      if (leaf.kind == T_REASON) filling = T_SPACE;
      from = leaf.end;
    }
    i = close;
  }
  plan_range(s, T_HTML_TEXT, T_HTML_TEXT, i, end);
}

/* A line of an HTML block. */
static void plan_html_line(Scanner *s, uint32_t at) {
  s->text.n = s->place.n = 0;
  take_line(s, at, s->lines.d[0].next);
  PUSH(s->place, s->lines.d[0].next);
  plan_html(s);
}

/* A comment at the start of a block, which may have many lines. Gives whether it ends in
   the lines that one plan is made for. */
static bool plan_comment_block(Scanner *s, uint32_t at) {
  enum { MOST = 200 };
  s->text.n = s->place.n = 0;
  for (uint32_t number = 0; number < MOST && get_line(s, number); number++) {
    Line line = s->lines.d[number];
    uint32_t from = at;
    if (number) {
      Cursor c = at_line(s, number);
      if (match_containers(s, &c) < s->depth) return false;
      PUSH(s->text, '\n');
      PUSH(s->place, s->lines.d[number - 1].end);
      from = c.at;
    }
    bool last = html_ends(s->raw.d, from, line.end, HTML_COMMENT);
    take_line(s, from, last ? line.next : line.end);
    if (!last) continue;
    PUSH(s->place, line.next);
    plan_html(s);
    return true;
  }
  return false;
}

static void push_container(Scanner *s, ContainerType type, uint32_t indent, uint32_t column) {
  s->stack[s->depth++] = (Container){.type = (uint8_t)type, .indent = (uint8_t)indent, .column = (uint8_t)column};
}

static bool in_list(const Scanner *s) {
  for (uint32_t i = 0; i < s->depth; i++) {
    if (s->stack[i].type == ITEM || s->stack[i].type == FOOTNOTE) return true;
  }
  return false;
}

/* The parts of an opening fence, as places in the gathered text. */
typedef struct {
  uint32_t colons, from, to, more, more_end;
  bool braces;
  Ending ending;
} Fence;

/* `::: {…}` or `::: word`, perhaps with colons after, at `at` in line `number`. Gathers the
   paragraph that it would be. */
static bool read_fence_in(Scanner *s, uint32_t number, uint32_t at, FenceEnding fences, Fence *f) {
  f->ending = gather(s, number, at, fences);
  const int32_t *text = s->text.d;
  uint32_t end = s->text.n;
  f->colons = f->from = 0;
  f->braces = false;
  while (f->colons < end && text[f->colons] == ':') f->colons++;
  if (f->colons < 3) return false;
  f->from = f->colons;
  while (f->from < end && is_blank(text[f->from])) f->from++;
  if (f->from >= end || text[f->from] == '\n') return false;
  f->to = f->from;
  f->braces = text[f->from] == '{';
  if (f->braces) {
    forget_attributes(s, end);
    f->to = read_attributes(s, f->from, end, NULL);
    if (!f->to) return false;
  } else {
    while (f->to < end && !is_ascii_space(text[f->to])) f->to++;
  }
  f->more = f->to;
  while (f->more < end && is_blank(text[f->more])) f->more++;
  f->more_end = f->more;
  while (f->more_end < end && text[f->more_end] == ':') f->more_end++;
  if (f->more_end == f->more) f->more = f->more_end = f->to;
  uint32_t stop = f->more_end;
  while (stop < end && text[stop] != '\n' && is_space(text[stop])) stop++;
  return stop >= end || text[stop] == '\n';
}

static bool read_fence(Scanner *s, uint32_t number, uint32_t at, Fence *f) {
  if (read_fence_in(s, number, at, AT_FENCE, f)) return true;
  /* A quoted value may hold a line of colons. */
  return f->from < s->text.n && f->braces && read_fence_in(s, number, at, AT_NO_FENCE, f);
}

/* The line in which the fence that begins in line `number` ends. */
static uint32_t last_line_of(const Scanner *s, uint32_t number, const Fence *f) {
  uint32_t end = s->place.d[f->more_end];
  while (number + 1 < f->ending.next_line && s->lines.d[number].end < end) number++;
  return number;
}

/* Whether a fence for the innermost div comes in the lines from `number` on: one that is
   never closed is text. Code is left out of account as far as its own fences show. */
static bool div_is_closed(Scanner *s, uint32_t number) {
  enum { FARTHEST = 1500 };
  const Container div = s->stack[s->depth - 1];
  uint32_t open = 1, code = 0;
  int32_t code_sign = 0;
  bool may_open = true, any = false;
  if (s->no_fence) return false;
  for (uint32_t last = number + FARTHEST; number < last; number++) {
    if (!get_line(s, number)) {
      s->no_fence = !any;
      return false;
    }
    Line line = s->lines.d[number];
    Cursor c = at_line(s, number);
    bool inside = match_containers(s, &c) == s->depth;
    if (rest_is_blank(s, c.at, c.end)) {
      if (!inside && div.indent) return false;
      may_open = true;
      continue;
    }
    uint32_t i = line.start, quotes = 0, at;
    while (i < line.end && (is_blank(s->raw.d[i]) || s->raw.d[i] == '>')) quotes += s->raw.d[i++] == '>';
    uint32_t fence = code_fence(s, i, line.end), colons = run_of(s, i, line.end, ':');
    any |= colons >= 3 && rest_is_space(s->raw.d, i + colons, line.end);
    if (!inside && (may_open || fence || quotes > div.indent)) return false;
    if (code) {
      uint32_t length = run_of(s, i, line.end, code_sign);
      if (length >= code && rest_is_blank(s, i + length, line.end)) code = 0, may_open = true;
      continue;
    }
    if (fence) {
      code = fence, code_sign = s->raw.d[i];
      continue;
    }
    if (closes_div(s, number, &at)) {
      if (--open == 0) return true;
      may_open = true;
      continue;
    }
    Fence inner;
    if (may_open && colons >= 3 && i - line.start == div.column && quotes == div.indent &&
        read_fence(s, number, i, &inner)) {
      open++;
      number = last_line_of(s, number, &inner);
      continue;
    }
    may_open = heading_level(s, i, line.end) || is_thematic_break(s, i, line.end) ||
               (starts_with(s->raw.d, i, line.end, "<!--") && html_ends(s->raw.d, i, line.end, HTML_COMMENT));
  }
  return true;
}

/* Plans the opening fence at `at`, if it is one and the div is closed. If it is not closed,
   `unclosed` gets the end of the fence in the text of the paragraph that it then is. */
static bool plan_div(Scanner *s, uint32_t at, uint32_t indent, uint32_t *unclosed) {
  Line line = s->lines.d[0];
  uint32_t column = at - line.start, quotes = 0;
  if (s->depth >= DEEPEST || column > 255 || (indent && !in_list(s))) return false;
  for (uint32_t i = line.start; i < at; i++) quotes += s->raw.d[i] == '>';
  Fence f;
  if (!read_fence(s, 0, at, &f)) return false;
  uint32_t number = last_line_of(s, 0, &f);
  push_container(s, DIV, quotes, column);
  if (!div_is_closed(s, number + 1)) {
    s->depth--;
    *unclosed = f.more_end;
    return false;
  }
  /* The text that was gathered last is another's. */
  s->depth--;
  read_fence(s, 0, at, &f);
  s->depth++;
  plan(s, T_DIV_OPEN, f.colons);
  if (f.from > f.colons) plan(s, T_SPACE, f.from - f.colons);
  if (f.braces) {
    plan(s, T_ATTRIBUTES_OPEN, 1);
    plan(s, T_ATTRIBUTES_CLOSE, 1);
  } else {
    plan(s, T_DIV_WORD, f.to - f.from);
  }
  if (f.more > f.to) plan(s, T_SPACE, f.more - f.to);
  if (f.more_end > f.more) plan(s, T_DIV_COLONS, f.more_end - f.more);
  plan_end_of_line(s, s->place.d[f.more_end], number);
  return true;
}

/* Plans what begins at the cursor in line 0, after the containers' marks. After a task's box only
   text can, as the box is text itself. */
static void plan_leaf_block(Scanner *s, Cursor c, bool after_box) {
  Line line = s->lines.d[0];
  Cursor indented = c;
  if (!skip_columns(s, &indented, 4) && !after_box) {
    s->mode = INDENTED_CODE;
    plan(s, T_INDENTED_LINE, line.next - c.at);
    return;
  }
  uint32_t indent = indented.at - c.at, at = indented.at;
  if (indent) plan(s, T_SPACE, indent);
  uint8_t kind = after_box ? 0 : html_kind(s->raw.d, at, line.end, false);
  if (kind) {
    plan(s, T_HTML_START, 0);
    if (kind == HTML_COMMENT && plan_comment_block(s, at)) {
      plan(s, T_HTML_END, 0);
      return;
    }
    plan_html_line(s, at);
    s->mode = HTML;
    s->mode_a = kind;
    if (html_ends(s->raw.d, at, line.end, kind)) {
      plan(s, T_HTML_END, 0);
      s->mode = NOTHING;
    }
    return;
  }
  if (!after_box && is_thematic_break(s, at, line.end)) {
    uint32_t end = line.end;
    while (is_blank(s->raw.d[end - 1])) end--;
    plan(s, T_THEMATIC_BREAK, end - at);
    plan_end_of_line(s, end, 0);
    return;
  }
  uint32_t level = after_box ? 0 : heading_level(s, at, line.end);
  if (level) {
    plan_heading(s, at, level);
    return;
  }
  uint32_t fence = after_box ? 0 : code_fence(s, at, line.end);
  if (fence) {
    uint32_t from = at + fence, end = line.end;
    plan(s, T_CODE_FENCE_OPEN, fence);
    while (from < end && is_blank(s->raw.d[from])) from++;
    while (end > from && is_blank(s->raw.d[end - 1])) end--;
    if (from > at + fence) plan(s, T_SPACE, from - at - fence);
    uint32_t word = from;
    while (word < end && !is_blank(s->raw.d[word])) word++;
    if (word > from) plan(s, T_LANGUAGE, word - from);
    if (end > word) plan(s, T_INFO, end - word);
    plan_end_of_line(s, end, 0);
    s->mode = FENCED_CODE;
    s->mode_a = fence > 255 ? 255 : (uint8_t)fence;
    s->mode_b = (uint8_t)s->raw.d[at];
    s->mode_c = (uint8_t)indent;
    return;
  }
  uint32_t unclosed = 0;
  if (run_of(s, at, line.end, ':') >= 3 && plan_div(s, at, indent, &unclosed)) return;
  uint32_t columns = table_at(s, 0, at);
  if (columns) {
    plan(s, T_TABLE_START, 0);
    plan_row(s, at, columns);
    s->mode = TABLE;
    s->mode_a = columns > 255 ? 255 : (uint8_t)columns;
    s->mode_b = 1;
    return;
  }
  Ending ending = gather(s, 0, at, unclosed ? AFTER_FENCE : AT_NO_FENCE);
  uint32_t from = 0;
  s->fence_end = unclosed;
  while (from < s->text.n && plan_used(s) < SOFT_LIMIT) {
    uint32_t after = plan_definition(s, from, ending.next_line - 1);
    if (after == from) break;
    from = after;
  }
  /* So many definitions that the rest needs a plan of its own. */
  if (from >= s->text.n || plan_used(s) >= SOFT_LIMIT) return;
  plan(s, ending.level ? T_SETEXT_START : T_PARAGRAPH_START, 0);
  s->mode_a = ending.level ? 1 : 0;
  plan_paragraph(s, from, ending);
  s->fence_end = 0;
}

/* Opens the containers that begin at the cursor. */
static Cursor plan_containers(Scanner *s, Cursor c, bool *task) {
  Line line = s->lines.d[0];
  while (s->depth < DEEPEST && plan_used(s) < SOFT_LIMIT / 2) {
    Cursor before = c;
    uint32_t indent = 4 - skip_columns(s, &c, 4), number;
    if (indent >= 4) return before;
    uint32_t at = c.at, label = footnote_label(s, at, line.end);
    uint32_t marker = list_marker(s, at, line.end, &number);
    if (label) {
      if (s->depth && s->stack[s->depth - 1].type == FOOTNOTE) {
        s->depth--;
        plan(s, T_CLOSE, 0);
      }
      plan_prefix(s, before.at, at);
      plan(s, T_FOOTNOTE_LABEL, label);
      c.at += label, c.column += label, c.left = 0;
      uint32_t from = c.at;
      skip_blanks(s, &c);
      plan_prefix(s, from, c.at);
      push_container(s, FOOTNOTE, 4, 0);
    } else if (marker && !is_thematic_break(s, at, line.end)) {
      plan_prefix(s, before.at, at);
      plan(s, is_digit(s->raw.d[at]) ? T_NUMBER : T_BULLET, marker);
      c.at += marker, c.column += marker, c.left = 0;
      indent += marker + 1;
      if (rest_is_blank(s, c.at, c.end)) {
        skip_columns(s, &c, 1);
        s->mode = EMPTY_ITEM;
      } else {
        skip_columns(s, &c, 1);
        Cursor text = c;
        uint32_t more = 4 - skip_columns(s, &text, 4);
        if (more < 4) indent += more, c = text;
      }
      if (c.at > at + marker) plan(s, T_SPACE, c.at - at - marker);
      push_container(s, ITEM, indent > 255 ? 255 : indent, 0);
      /* A task's box. */
      Cursor box = c;
      skip_columns(s, &box, 3);
      uint32_t i = box.at;
      if (i + 3 < line.next && s->raw.d[i] == '[' && s->raw.d[i + 2] == ']' && is_ascii_space(s->raw.d[i + 3]) &&
          (is_blank(s->raw.d[i + 1]) || (s->raw.d[i + 1] | 32) == 'x')) {
        if (i > c.at) plan(s, T_SPACE, i - c.at);
        plan(s, is_blank(s->raw.d[i + 1]) ? T_TASK_OPEN : T_TASK_DONE, 3);
        box.at += 3, box.column += 3;
        uint32_t from = box.at;
        skip_blanks(s, &box);
        plan_prefix(s, from, box.at);
        *task = true;
        return box;
      }
    } else if (at < line.end && s->raw.d[at] == '>') {
      plan_prefix(s, before.at, at);
      c.at++, c.column++, c.left = 0;
      plan(s, T_BLOCK_QUOTE_MARKER, 1);
      uint32_t from = c.at;
      skip_columns(s, &c, 1);
      plan_prefix(s, from, c.at);
      push_container(s, QUOTE, 0, 0);
    } else {
      return before;
    }
  }
  return c;
}

static void close_containers(Scanner *s, uint32_t kept) {
  while (s->depth > kept) {
    s->depth--;
    plan(s, T_CLOSE, 0);
  }
}

/* Plans blank lines. Containers that the next text is not in end before them. */
static void plan_blank_lines(Scanner *s) {
  enum { MOST = 60 };
  uint32_t number = 0, kept = s->depth;
  bool empty_item = s->mode == EMPTY_ITEM;
  s->mode = NOTHING;
  for (; get_line(s, number); number++) {
    Cursor c = at_line(s, number);
    uint32_t matched = match_containers(s, &c);
    if (matched < kept) kept = matched;
    if (!rest_is_blank(s, c.at, c.end)) break;
    if (number >= 1000) break;
  }
  if (s->lines.n <= number) kept = 0;
  if (empty_item && kept == s->depth && kept) kept--;
  close_containers(s, kept);
  for (uint32_t i = 0; i < number && i < MOST; i++) {
    Line line = s->lines.d[i];
    if (line.next > line.start) plan_prefix(s, line.start, line.next);
  }
}

/* Plans the line at which the scanner stands, and those that belong to its paragraph. */
static void plan_line(Scanner *s) {
  if (!get_line(s, 0)) {
    if (s->mode == FENCED_CODE) plan(s, T_CLOSE, 0);
    if (s->mode == HTML) plan(s, T_HTML_END, 0);
    s->mode = NOTHING;
    close_containers(s, 0);
    return;
  }
  Line line = s->lines.d[0];
  Cursor c = at_line(s, 0);
  uint32_t matched = match_containers(s, &c);
  bool inside = matched == s->depth, blank = rest_is_blank(s, c.at, c.end);
  if (s->mode == FENCED_CODE) {
    if (!inside) {
      plan(s, T_CLOSE, 0);
      s->mode = NOTHING;
    } else {
      plan_prefix(s, line.start, c.at);
      Cursor text = c;
      skip_columns(s, &text, s->mode_c);
      Cursor fence = text;
      if (skip_columns(s, &fence, 4u - s->mode_c)) {
        uint32_t length = run_of(s, fence.at, line.end, s->mode_b), end = fence.at + length;
        while (end < line.end && s->raw.d[end] == ' ') end++;
        if (length >= s->mode_a && end == line.end) {
          if (fence.at > c.at) plan(s, T_SPACE, fence.at - c.at);
          plan(s, T_CODE_FENCE_CLOSE, length);
          plan_end_of_line(s, fence.at + length, 0);
          s->mode = NOTHING;
          return;
        }
      }
      if (line.next > c.at) plan(s, T_CODE_LINE, line.next - c.at);
      return;
    }
  }
  if (s->mode == HTML) {
    bool ends = !inside || (s->mode_a >= HTML_BLOCK_TAG && blank);
    if (!ends) {
      plan_prefix(s, line.start, c.at);
      if (line.next > c.at) plan_html_line(s, c.at);
      if (html_ends(s->raw.d, c.at, line.end, s->mode_a)) {
        plan(s, T_HTML_END, 0);
        s->mode = NOTHING;
      }
      return;
    }
    plan(s, T_HTML_END, 0);
    s->mode = NOTHING;
  }
  if (s->mode == TABLE) {
    if (s->mode_b == 1) {
      /* The line under the head. */
      s->mode_b = 0;
      Cursor text = c;
      skip_blanks(s, &text);
      plan_prefix(s, line.start, text.at);
      uint32_t end = line.end;
      while (is_blank(s->raw.d[end - 1])) end--;
      plan(s, T_DELIMITER_ROW, end - text.at);
      plan_end_of_line(s, end, 0);
      return;
    }
    Cursor text = c;
    skip_blanks(s, &text);
    uint32_t fence;
    /* A row without a cell is none. */
    blank |= text.at < c.end && s->raw.d[text.at] == '|' && rest_is_blank(s, text.at + 1, c.end);
    if (inside && !blank && !closes_div(s, 0, &fence) && !interrupts(s, 0, text.at, true, true)) {
      plan_prefix(s, line.start, text.at);
      plan(s, T_ROW_START, 0);
      plan_row(s, text.at, s->mode_a);
      return;
    }
    s->mode = NOTHING;
    blank = rest_is_blank(s, c.at, c.end);
  }
  if (blank) {
    plan_blank_lines(s);
    return;
  }
  s->mode = NOTHING;
  close_containers(s, matched);
  plan_prefix(s, line.start, c.at);
  uint32_t fence;
  if (s->depth && s->stack[s->depth - 1].type == DIV && closes_div(s, 0, &fence)) {
    uint32_t length = run_of(s, fence, line.end, ':');
    if (fence > c.at) plan(s, T_SPACE, fence - c.at);
    plan(s, T_DIV_CLOSE, length);
    plan_end_of_line(s, fence + length, 0);
    s->depth--;
    return;
  }
  bool task = false;
  c = plan_containers(s, c, &task);
  if (rest_is_blank(s, c.at, c.end)) {
    uint8_t mode = s->mode;
    plan_prefix(s, c.at, line.next);
    s->mode = mode;
    return;
  }
  s->mode = NOTHING;
  plan_leaf_block(s, c, task);
}

/* Plans the rest of a paragraph that was too long for one plan. */
static void plan_rest(Scanner *s) {
  if (!get_line(s, 0)) {
    s->mode = NOTHING;
    plan(s, T_END_OF_LINE, 0);
    return;
  }
  Ending ending = gather(s, 0, 0, AT_NO_FENCE);
  /* It began with a line of its own, whatever the rest of it looks like. */
  if (!s->mode_a) ending.level = 0;
  plan_paragraph(s, 0, ending);
}

#endif
