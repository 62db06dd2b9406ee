#ifndef NEWSMARK_INLINE_H
#define NEWSMARK_INLINE_H

/* Inline text: what brackets, keys and the other marks of a block make.

   One walk from left to right with a stack of open brackets; what a pair of brackets is
   gets decided when it closes, in the order of SPEC.md, section 3. */

#include "attributes.h"
#include "html.h"
#include "reader.h"

static void add(Scanner *s, ConstructKind kind, uint32_t start, uint32_t end) {
  Construct construct = {.kind = (uint8_t)kind, .start = start, .end = end};
  PUSH(s->constructs, construct);
}

/* Citation keys */

/* The key after the `@` at `at`, as in Pandoc: letters, digits and `_`, with single marks
   between them, or anything without spaces in braces. */
static bool read_key(const int32_t *text, uint32_t at, uint32_t end, Key *key) {
  enum { LONGEST = 2048 };
  uint32_t i = at + 1;
  if (i >= end) return false;
  if (text[i] == '{') {
    uint32_t depth = 0;
    for (uint32_t j = i; j < end && j < i + LONGEST; j++) {
      if (is_space(text[j])) return false;
      if (text[j] == '{') depth++;
      if (text[j] == '}' && --depth == 0) {
        if (j == i + 1) return false;
        key->key = i + 1, key->key_end = j, key->end = j + 1;
        return true;
      }
    }
    return false;
  }
  if (!(is_word(text[i]) || text[i] == '_')) return false;
  uint32_t to = i + 1;
  while (to < end) {
    int32_t c = text[to], next = to + 1 < end ? text[to + 1] : ' ';
    bool regular = is_word(c) || c == '_';
    bool inner = c > 0 && c < 0x80 && strchr(":.#$%&-+?<>~/", c) && (is_word(next) || next == '_');
    bool doubled = (c == ':' || c == '/') && next == '/';
    if (!regular && !inner && !doubled) break;
    to++;
  }
  key->key = i, key->key_end = to, key->end = to;
  return true;
}

/* What the walk over one block has to remember. */
typedef struct {
  uint32_t from, end;
  /* A heading whose text reaches to the end of its line. */
  bool heading;
  /* The group that has just closed, if a bracket follows. */
  int32_t waiting;
  /* Where a link or code ended that an attribute block would belong to. */
  uint32_t carrier_end;
  /* How far was looked for addresses, and whether the word there is one. */
  uint32_t looked_to;
  bool in_address;
  /* Set once there is no more of it to come. */
  uint64_t no_ticks;
  bool no_comment, no_instruction, no_cdata, no_declaration, paired, dollars;
} Walk;

static bool at_sign_is_free(Scanner *s, Walk *w, uint32_t at) {
  const int32_t *text = s->text.d;
  for (uint32_t i = w->looked_to; i < at; i++) {
    int32_t c = text[i];
    if (is_space(c) || c == '[' || c == ']' || c == '<') w->in_address = false;
    else if (starts_with(text, i, at, "://") || starts_with(text, i, at, "www.") || starts_with(text, i, at, "mailto:"))
      w->in_address = true;
  }
  w->looked_to = at;
  if (at > w->from && (is_word(text[at - 1]) || text[at - 1] == '_')) return false;
  return !w->in_address;
}

/* Links */

/* The end of the destination at `at`, which may be empty; 0 for none. */
static uint32_t destination_end(const int32_t *text, uint32_t at, uint32_t end) {
  enum { DEEPEST_PARENTHESES = 32 };
  uint32_t i = at, depth = 0;
  if (i < end && text[i] == '<') {
    for (i++; i < end && text[i] != '>'; i++) {
      if (is_end_of_line(text[i]) || text[i] == '<') return 0;
      if (text[i] == '\\' && i + 1 < end && is_punctuation(text[i + 1])) i++;
    }
    return i < end ? i + 1 : 0;
  }
  for (; i < end && !(text[i] >= 0 && text[i] <= ' '); i++) {
    if (text[i] == '(' && ++depth > DEEPEST_PARENTHESES) return 0;
    if (text[i] == ')') {
      if (depth == 0) break;
      depth--;
    }
    if (text[i] == '\\' && i + 1 < end && is_punctuation(text[i + 1])) i++;
  }
  return depth ? 0 : i;
}

/* The end of the title that begins with the mark at `at`, or 0. */
static uint32_t title_end(const int32_t *text, uint32_t at, uint32_t end) {
  int32_t open = text[at], close = open == '(' ? ')' : open;
  uint32_t i = at + 1;
  while (i < end && text[i] != close) {
    if (text[i] == '(' && open == '(') return 0;
    i += text[i] == '\\' && i + 1 < end && is_punctuation(text[i + 1]) ? 2 : 1;
  }
  return i < end ? i + 1 : 0;
}

/* `(destination "title")` from the parenthesis at `at`: where it ends, or 0. */
static uint32_t read_target(const int32_t *text, uint32_t at, uint32_t end, uint32_t x[4]) {
  enum { LONGEST = 1 << 16 };
  if (end - at > LONGEST) end = at + LONGEST;
  uint32_t i = at + 1;
  while (i < end && is_ascii_space(text[i])) i++;
  memset(x, 0, 4 * sizeof *x);
  x[0] = i;
  x[1] = i = destination_end(text, i, end);
  if (!i) return 0;
  while (i < end && is_ascii_space(text[i])) i++;
  if (i < end && (text[i] == '"' || text[i] == '\'' || text[i] == '(')) {
    x[2] = i;
    x[3] = i = title_end(text, i, end);
    if (!i) return 0;
    while (i < end && is_ascii_space(text[i])) i++;
  }
  return i < end && text[i] == ')' ? i + 1 : 0;
}

/* `[label]` or `[]` after the bracket that closes at `close`, where the article defines the
   label: where the reference ends, or 0. A shortcut's reference ends with its own bracket. */
static uint32_t read_reference(const Scanner *s, uint32_t open, uint32_t close, uint32_t end) {
  const int32_t *text = s->text.d;
  uint32_t i = close + 1;
  if (!s->label_count) return 0;
  if (i < end && text[i] == '[') {
    uint32_t to = i + 1;
    while (to < end && text[to] != ']' && text[to] != '[') {
      to += text[to] == '\\' && to + 1 < end && is_punctuation(text[to + 1]) ? 2 : 1;
    }
    if (to < end && text[to] == ']') {
      if (to > i + 1) return is_defined(s, text, i + 1, to, false) ? to + 1 : 0;
      return is_defined(s, text, open + 1, close, false) ? to + 1 : 0;
    }
  }
  for (uint32_t j = open + 1; j < close; j++) {
    if (text[j] == '[' && text[j - 1] != '\\') return 0;
  }
  return is_defined(s, text, open + 1, close, false) ? close + 1 : 0;
}

/* The reference to a footnote that begins at `at`: where it ends, or 0. */
static uint32_t read_footnote(const Scanner *s, uint32_t at, uint32_t end) {
  const int32_t *text = s->text.d;
  if (at + 1 >= end || text[at + 1] != '^') return 0;
  uint32_t to = at + 2;
  while (to < end && text[to] != '[' && text[to] != ']' && !is_ascii_space(text[to])) to++;
  if (to >= end || text[to] != ']' || to == at + 2) return 0;
  return is_defined(s, text, at + 2, to, true) ? to + 1 : 0;
}

/* The parenthesis that closes the one at `open`, or 0. All are paired at once, the first
   time that it is asked for. */
static uint32_t closing_parenthesis(Scanner *s, Walk *w, uint32_t open) {
  const int32_t *text = s->text.d;
  if (!w->paired) {
    w->paired = true;
    s->parentheses.n = s->stack_of.n = 0;
    for (uint32_t i = 0; i < w->end; i++) PUSH(s->parentheses, 0);
    bool escaped = false;
    for (uint32_t i = w->from; i < w->end; i++) {
      if (text[i] == '\\') {
        escaped = !escaped;
        continue;
      }
      if (text[i] == '(' && !escaped) PUSH(s->stack_of, i);
      if (text[i] == ')' && !escaped && s->stack_of.n) {
        s->parentheses.d[s->stack_of.d[--s->stack_of.n]] = (int32_t)i;
      }
      escaped = false;
    }
  }
  return (uint32_t)s->parentheses.d[open];
}

/* Brackets */

static void keys_are_bare(Scanner *s, uint32_t from) {
  for (uint32_t i = from; i < s->keys.n; i++) PUSH(s->bare, s->keys.d[i]);
  s->keys.n = from;
}

/* Whether every part between semicolons has a key. */
static bool is_group(const Scanner *s, const Opener *o, uint32_t close) {
  uint32_t key = o->keys;
  for (uint32_t i = o->semicolons; i <= s->semicolons.n; i++) {
    uint32_t end = i < s->semicolons.n ? s->semicolons.d[i] : close;
    if (key >= s->keys.n || s->keys.d[key].start > end) return false;
    while (key < s->keys.n && s->keys.d[key].start < end) key++;
  }
  return true;
}

static Waiting make_group(Scanner *s, const Opener *o, uint32_t close) {
  Waiting group = {.start = o->at, .end = close + 1, .keys = s->group_keys.n, .semicolons = s->group_semicolons.n};
  for (uint32_t i = o->keys; i < s->keys.n; i++) PUSH(s->group_keys, s->keys.d[i]);
  for (uint32_t i = o->semicolons; i < s->semicolons.n; i++) PUSH(s->group_semicolons, s->semicolons.d[i]);
  group.key_count = s->group_keys.n - group.keys;
  group.semicolon_count = s->group_semicolons.n - group.semicolons;
  s->keys.n = o->keys;
  s->semicolons.n = o->semicolons;
  return group;
}

static void accept(Scanner *s, const Waiting *group) {
  /* What was read in it is not. */
  while (s->bare.n && s->bare.d[s->bare.n - 1].start >= group->start) s->bare.n--;
  add(s, C_GROUP, group->start, group->end);
  Construct *c = &s->constructs.d[s->constructs.n - 1];
  c->x[0] = group->keys, c->x[1] = group->key_count;
  c->x[2] = group->semicolons, c->x[3] = group->semicolon_count;
}

/* `[see @a, p. 3; @b]`; whether it is read as one, or may be. */
static bool read_group(Scanner *s, Walk *w, const Opener *o, uint32_t close, bool is_label) {
  const int32_t *text = s->text.d;
  uint32_t after = close + 1, x[4];
  int32_t next = after < w->end ? text[after] : 0;
  if (!is_label && next == '(') {
    if ((!o->no_link && read_target(text, after, w->end, x)) || closing_parenthesis(s, w, after)) return false;
  } else if (!is_label && next == '[' && !read_footnote(s, after, w->end)) {
    if (read_reference(s, o->at, close, w->end) > after) return false;
    Waiting group = make_group(s, o, close);
    PUSH(s->waiting, group);
    w->waiting = (int32_t)s->waiting.n - 1;
    return true;
  }
  Waiting group = make_group(s, o, close);
  accept(s, &group);
  return true;
}

static void refuse(Scanner *s, int32_t waiting) {
  const Waiting *group = &s->waiting.d[waiting];
  for (uint32_t i = 0; i < group->key_count; i++) {
    Key key = s->group_keys.d[group->keys + i];
    PUSH(s->bare, key);
  }
}

/* `[[entity|shown]]`, whose inner brackets have just closed at `close`; where it ends, or 0. */
static uint32_t read_mention(Scanner *s, Walk *w, const Opener *inner, uint32_t close) {
  const int32_t *text = s->text.d;
  uint32_t from = inner->at + 1, to = close + 2, stop = from;
  while (stop < close && text[stop] != '|' && text[stop] != '[' && text[stop] != ']' && text[stop] != '\n') stop++;
  if (stop < close && text[stop] != '|') return 0;
  uint32_t entity_end = stop;
  if (stop < close && stop > from && text[stop - 1] == '\\') entity_end--;
  uint32_t a = from, b = entity_end;
  while (a < b && is_space(text[a])) a++;
  while (b > a && is_space(text[b - 1])) b--;
  if (a == b) return 0;
  uint32_t outer_at = inner->at - 1;
  if (outer_at > w->from && text[outer_at - 1] == '!') {
    uint32_t slashes = 0;
    while (outer_at - 1 - slashes > w->from && text[outer_at - 2 - slashes] == '\\') slashes++;
    if (slashes % 2 == 0) return 0;
  }
  if (to < w->end && text[to] == '{' && read_attributes(s, to, w->end, NULL)) return 0;
  Opener outer = s->openers.d[--s->openers.n];
  while (s->bare.n && s->bare.d[s->bare.n - 1].start >= outer.at) s->bare.n--;
  s->keys.n = outer.keys;
  s->semicolons.n = outer.semicolons;
  add(s, C_MENTION, outer.at, to);
  Construct *c = &s->constructs.d[s->constructs.n - 1];
  c->x[0] = a, c->x[1] = b;
  if (stop < close) {
    uint32_t shown = stop + 1, shown_end = close;
    while (shown < shown_end && is_space(text[shown])) shown++;
    while (shown_end > shown && is_space(text[shown_end - 1])) shown_end--;
    c->x[2] = stop, c->x[3] = shown, c->x[4] = shown_end;
  }
  if (outer.waiting >= 0) refuse(s, outer.waiting);
  return to;
}

/* An ordinary link or picture whose text closes at `close`; where it ends, or 0. */
static uint32_t read_link(Scanner *s, Walk *w, const Opener *o, uint32_t close) {
  const int32_t *text = s->text.d;
  if (o->no_link) return 0;
  uint32_t after = close + 1, x[4] = {0}, end = 0;
  if (after < w->end && text[after] == '(') end = read_target(text, after, w->end, x);
  if (!end) {
    /* What a reference's second brackets hold is its label: x[2] > x[3] tells it apart. */
    end = read_reference(s, o->at, close, w->end);
    x[2] = 1;
  }
  if (!end) return 0;
  if (!o->image) {
    for (uint32_t i = 0; i < s->openers.n; i++) {
      if (!s->openers.d[i].image) s->openers.d[i].no_link = true;
    }
  }
  uint32_t to = end;
  if (o->image && to < w->end && text[to] == '{') {
    uint32_t attributes = read_attributes(s, to, w->end, NULL);
    to = attributes ? attributes : to;
  }
  if (!o->image) w->carrier_end = to;
  add(s, o->image ? C_IMAGE : C_LINK, o->at - (o->image ? 1 : 0), to);
  Construct *c = &s->constructs.d[s->constructs.n - 1];
  memcpy(c->x, x, sizeof x);
  c->x[4] = close, c->x[5] = end;
  return to;
}

/* An attribute block that follows no pair of brackets; where the walk goes on. */
static uint32_t loose_block(Scanner *s, Walk *w, uint32_t at, bool is_stray) {
  const int32_t *text = s->text.d;
  uint32_t i = at + 1;
  while (i < w->end && is_blank(text[i])) i++;
  if (i >= w->end || at < s->fence_end) return at + 1;
  int32_t c = text[i];
  if (!(c == '.' || c == '#' || c == '-' || c == '}' || is_letter(c))) return at + 1;
  bool known = false;
  uint32_t to = read_attributes(s, at, w->end, &known);
  if (!to) return at + 1;
  bool carried = !is_stray && w->carrier_end == at;
  if (!is_stray && !carried && !s->openers.n && w->heading) {
    uint32_t rest = to;
    while (rest < w->end && is_ascii_space(text[rest])) rest++;
    if (rest == w->end) {
      add(s, C_HEADING, at, to);
      return w->end;
    }
  }
  if (!known && !carried) return at + 1;
  add(s, C_LOOSE, at, to);
  return to;
}

/* Handles the closing bracket at `at`; where the walk goes on. */
static uint32_t close_bracket(Scanner *s, Walk *w, uint32_t at) {
  const int32_t *text = s->text.d;
  uint32_t after = at + 1, to = after;
  int32_t next = after < w->end ? text[after] : 0;
  if (!s->openers.n) return next == '{' ? loose_block(s, w, after, true) : after;
  Opener o = s->openers.d[--s->openers.n];
  bool group = is_group(s, &o, at), done = false;
  if (next == '{' && !(o.image && read_reference(s, o.at, at, w->end) == after)) {
    uint32_t end = read_attributes(s, after, w->end, NULL);
    if (end) {
      add(s, C_SPAN, o.at, end);
      s->constructs.d[s->constructs.n - 1].x[0] = at;
      to = end;
      done = true;
      group = false;
    } else {
      to++;
    }
  }
  if (!done && next == ']' && s->openers.n && s->openers.d[s->openers.n - 1].at + 1 == o.at) {
    uint32_t end = read_mention(s, w, &o, at);
    if (end) {
      if (o.waiting >= 0) refuse(s, o.waiting);
      return end;
    }
  }
  if (!done && group && read_group(s, w, &o, at, o.waiting >= 0)) {
    if (o.waiting >= 0) refuse(s, o.waiting);
    return to;
  }
  s->semicolons.n = o.semicolons;
  keys_are_bare(s, o.keys);
  if (!done) {
    uint32_t end = read_link(s, w, &o, at);
    if (end > to) to = end;
  }
  if (o.waiting >= 0) refuse(s, o.waiting);
  return to;
}

/* The other marks */

/* A code span from the backticks at `at`; where the walk goes on. */
static uint32_t read_code(Scanner *s, Walk *w, uint32_t at) {
  const int32_t *text = s->text.d;
  uint32_t length = 1;
  while (at + length < w->end && text[at + length] == '`') length++;
  uint64_t bit = length < 64 ? (uint64_t)1 << length : 1;
  if (w->no_ticks & bit) return at + length;
  for (uint32_t i = at + length; i < w->end;) {
    if (text[i] != '`') {
      i++;
      continue;
    }
    uint32_t run = 1;
    while (i + run < w->end && text[i + run] == '`') run++;
    if (run == length) {
      add(s, C_CODE, at, i + run);
      s->constructs.d[s->constructs.n - 1].x[0] = length;
      w->carrier_end = i + run;
      return i + run;
    }
    i += run;
  }
  if (length < 64) w->no_ticks |= bit;
  return at + length;
}

/* Gives each `$` of the block the number of the braces that it stands in. */
static void number_braces(Scanner *s, Walk *w) {
  const int32_t *text = s->text.d;
  enum { DEEPEST_BRACES = 25 };
  uint8_t stack[DEEPEST_BRACES + 1], depth = 0, next = 0;
  s->braces.n = 0;
  for (uint32_t i = 0; i < w->end; i++) PUSH(s->braces, 0);
  for (uint32_t i = w->from; i < w->end; i++) {
    int32_t c = text[i];
    if (c == '\\' && i + 1 < w->end && is_punctuation(text[i + 1])) i++;
    else if (c == '$') {
      if (!depth) stack[depth++] = 255;
      s->braces.d[i] = stack[depth - 1];
    } else if (c == '{' && depth && depth <= DEEPEST_BRACES) stack[depth++] = next++;
    else if (c == '}' && depth == 1) stack[0]--;
    else if (c == '}' && depth) depth--;
  }
}

/* Math from the `$` at `at`; where the walk goes on. */
static uint32_t read_math(Scanner *s, Walk *w, uint32_t at) {
  const int32_t *text = s->text.d;
  if (at + 1 >= w->end || is_ascii_space(text[at + 1])) return at + 1;
  if (!w->dollars) {
    w->dollars = true;
    number_braces(s, w);
  }
  bool display = text[at + 1] == '$';
  uint32_t i = at + (display ? 2 : 1);
  for (; i < w->end; i++) {
    if (text[i] == '\\' && i + 1 < w->end && is_punctuation(text[i + 1])) {
      i++;
      continue;
    }
    if (text[i] == '$' && s->braces.d[i] == s->braces.d[at]) break;
  }
  if (i >= w->end) return at + 1;
  bool doubled = i + 1 < w->end && text[i + 1] == '$';
  bool can_close = !is_ascii_space(text[i - 1]);
  if (display ? !doubled : !can_close) return at + 1;
  uint32_t end = i + (display ? 2 : 1);
  add(s, C_MATH, at, end);
  s->constructs.d[s->constructs.n - 1].x[0] = display ? 2 : 1;
  return end;
}

static uint32_t read_angle(Scanner *s, Walk *w, uint32_t at) {
  const int32_t *text = s->text.d;
  uint32_t to = autolink_end(text, at, w->end);
  if (to) {
    add(s, C_AUTOLINK, at, to);
    w->carrier_end = to;
    return to;
  }
  if (starts_with(text, at, w->end, "<!--")) {
    to = w->no_comment ? 0 : comment_end(text, at, w->end);
    if (!to) {
      w->no_comment = true;
      return at + 1;
    }
    add(s, C_COMMENT, at, to);
    return to;
  }
  bool *none = starts_with(text, at, w->end, "<?")           ? &w->no_instruction
               : starts_with(text, at, w->end, "<![CDATA[")  ? &w->no_cdata
               : starts_with(text, at, w->end, "<!")         ? &w->no_declaration
                                                             : NULL;
  if (none && *none) return at + 1;
  to = inline_html_end(text, at, w->end);
  if (!to) {
    /* Where the end of one is lacking, so is that of the next. `<!` alone begins none. */
    if (none && (none != &w->no_declaration || (at + 2 < w->end && is_ascii_letter(text[at + 2])))) *none = true;
    return at + 1;
  }
  add(s, C_HTML, at, to);
  return to;
}

static uint32_t reference_end(const int32_t *text, uint32_t at, uint32_t end) {
  uint32_t i = at + 1;
  if (i < end && text[i] == '#') i++;
  uint32_t from = i;
  while (i < end && i < at + 34 && (is_ascii_letter(text[i]) || is_digit(text[i]))) i++;
  return i > from && i < end && text[i] == ';' ? i + 1 : 0;
}

static bool is_mark_of_punctuation(int32_t c) {
  return is_punctuation(c) || (c >= 0xA1 && c <= 0xBF && c != 0xAA && c != 0xB5 && c != 0xBA) ||
         (c >= 0x2010 && c <= 0x205E) || (c >= 0x3001 && c <= 0x301F);
}

/* A run of emphasis marks; where the walk goes on. */
static uint32_t read_marks(Scanner *s, Walk *w, uint32_t at) {
  const int32_t *text = s->text.d;
  int32_t sign = text[at];
  uint32_t to = at;
  while (to < w->end && text[to] == sign) to++;
  int32_t before = at > w->from ? text[at - 1] : ' ', after = to < w->end ? text[to] : ' ';
  bool left = !is_space(after) &&
              (!is_mark_of_punctuation(after) || is_space(before) || is_mark_of_punctuation(before));
  bool right = !is_space(before) &&
               (!is_mark_of_punctuation(before) || is_space(after) || is_mark_of_punctuation(after));
  Marks marks = {.at = at, .length = to - at, .sign = sign, .can_open = left, .can_close = right};
  if (sign == '_') {
    marks.can_open = left && (!right || is_mark_of_punctuation(before));
    marks.can_close = right && (!left || is_mark_of_punctuation(after));
  }
  if (left || right) PUSH(s->marks, marks);
  return to;
}

/* Finds the constructs of `text[from..end)`. Where they are more than one plan holds it may
   stop at a space outside of all brackets. Gives where it stopped. */
static uint32_t read_inline(Scanner *s, uint32_t from, uint32_t end, bool heading, bool may_stop) {
  enum { ENOUGH = 600 };
  Walk w = {.from = from, .end = end, .heading = heading, .waiting = -1, .carrier_end = UINT32_MAX, .looked_to = from};
  s->openers.n = s->keys.n = s->group_keys.n = s->bare.n = s->semicolons.n = s->group_semicolons.n = 0;
  s->waiting.n = s->constructs.n = s->marks.n = 0;
  forget_attributes(s, end);
  const int32_t *text = s->text.d;
  for (uint32_t at = from; at < end;) {
    if (may_stop && s->constructs.n + s->keys.n > ENOUGH && !s->openers.n && is_ascii_space(text[at - 1])) {
      end = at;
      break;
    }
    switch (text[at]) {
      case '\\':
        if (at + 1 < end && is_punctuation(text[at + 1])) {
          add(s, C_ESCAPE, at, at + 2);
          at++;
        }
        at++;
        break;
      case '`': at = read_code(s, &w, at); break;
      case '<': at = read_angle(s, &w, at); break;
      case '$': at = read_math(s, &w, at); break;
      case '*':
      case '_': at = read_marks(s, &w, at); break;
      case '&': {
        uint32_t to = reference_end(text, at, end);
        if (to) add(s, C_REFERENCE, at, to);
        at = to ? to : at + 1;
        break;
      }
      case '[': {
        int32_t waiting = w.waiting;
        uint32_t to = read_footnote(s, at, end);
        if (to) {
          add(s, C_FOOTNOTE, at, to);
          at = to;
          break;
        }
        w.waiting = -1;
        Opener o = {.at = at, .keys = s->keys.n, .semicolons = s->semicolons.n, .waiting = waiting};
        o.image = at > from && text[at - 1] == '!' && !(at > from + 1 && text[at - 2] == '\\');
        PUSH(s->openers, o);
        at++;
        break;
      }
      case ']': at = close_bracket(s, &w, at); break;
      case ';':
        if (s->openers.n) PUSH(s->semicolons, at);
        at++;
        break;
      case '@': {
        Key key = {.at = at};
        if (!at_sign_is_free(s, &w, at) || !read_key(text, at, end, &key)) {
          at++;
          break;
        }
        bool escaped = at > from + 1 && text[at - 2] == '\\' && s->constructs.n &&
                       s->constructs.d[s->constructs.n - 1].end == at;
        key.start = at - (at > from && text[at - 1] == '-' && !escaped ? 1 : 0);
        PUSH(s->keys, key);
        at = key.end;
        break;
      }
      case '{': at = loose_block(s, &w, at, false); break;
      default: at++;
    }
  }
  /* What stands before a bracket that never closed is a group. */
  for (uint32_t i = 0; i < s->openers.n; i++) {
    if (s->openers.d[i].waiting < 0) continue;
    const Waiting group = s->waiting.d[s->openers.d[i].waiting];
    uint32_t kept = 0;
    for (uint32_t j = 0; j < s->bare.n; j++) {
      if (s->bare.d[j].start < group.start || s->bare.d[j].start >= group.end) s->bare.d[kept++] = s->bare.d[j];
    }
    s->bare.n = kept;
    add(s, C_GROUP, group.start, group.end);
    Construct *c = &s->constructs.d[s->constructs.n - 1];
    c->x[0] = group.keys, c->x[1] = group.key_count;
    c->x[2] = group.semicolons, c->x[3] = group.semicolon_count;
  }
  keys_are_bare(s, 0);
  for (uint32_t i = 0; i < s->bare.n; i++) {
    Key key = s->bare.d[i];
    add(s, C_BARE, key.start, key.end);
    Construct *c = &s->constructs.d[s->constructs.n - 1];
    c->x[0] = key.at, c->x[1] = key.key, c->x[2] = key.key_end;
  }
  return end;
}

#endif
