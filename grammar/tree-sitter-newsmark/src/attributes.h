#ifndef NEWSMARK_ATTRIBUTES_H
#define NEWSMARK_ATTRIBUTES_H

/* `{#id .class key=value}`: whether a block is one, and where it ends. */

#include "reader.h"

static bool is_escapable(int32_t c) { return is_punctuation(c) || c == ' '; }

static bool equals(const int32_t *text, uint32_t from, uint32_t to, const char *word) {
  uint32_t i = from;
  for (; *word; word++, i++) {
    if (i >= to || text[i] != *word) return false;
  }
  return i == to;
}

static bool starts_with(const int32_t *text, uint32_t from, uint32_t to, const char *word) {
  for (; *word; word++, from++) {
    if (from >= to || text[from] != *word) return false;
  }
  return true;
}

/* The classes by which something is a claim, and those that newsmark knows besides. */
static bool is_known_class(const int32_t *text, uint32_t from, uint32_t to) {
  static const char *const known[] = {"claim", "quote", "accusation", "response", "figure",
                                      "entry", "file-photo", "illustration"};
  for (uint32_t i = 0; i < sizeof known / sizeof *known; i++) {
    if (equals(text, from, to, known[i])) return true;
  }
  return false;
}

static uint32_t name_end(const int32_t *text, uint32_t at, uint32_t end) {
  while (at < end && is_name(text[at])) at++;
  return at;
}

/* Skips blanks and at most one line end. */
static uint32_t skip_attribute_space(const int32_t *text, uint32_t at, uint32_t end) {
  while (at < end && is_blank(text[at])) at++;
  if (at < end && text[at] == '\n') {
    at++;
    while (at < end && is_blank(text[at])) at++;
  }
  return at;
}

/* Forgets what was found out about the attribute blocks of another text. */
static void forget_attributes(Scanner *s, uint32_t end) {
  s->value_from = s->value_end = s->dead.n = 0;
  for (uint32_t i = 0; i <= end; i++) PUSH(s->dead, 0);
}

/* The end of the value without quotation marks at `at`. In `{a={a={a=` each value is a part of the
   one before and ends with it: the last one is remembered, so that all together stay linear. */
static uint32_t bare_value_end(Scanner *s, uint32_t at, uint32_t end) {
  const int32_t *text = s->text.d;
  if (at >= s->value_from && at < s->value_end) return s->value_end;
  uint32_t to = at;
  while (to < end && !is_blank(text[to]) && text[to] != '\n' && text[to] != '}') {
    to += text[to] == '\\' && to + 1 < end && is_escapable(text[to + 1]) ? 2 : 1;
  }
  s->value_from = at;
  s->value_end = to;
  return to;
}

/* The end of the item at `at`, or 0. */
static uint32_t attribute_end(Scanner *s, uint32_t at, uint32_t end, bool *known) {
  enum { LONGEST_CLASSES = 1000 };
  const int32_t *text = s->text.d;
  int32_t first = text[at];
  if (first == '#') {
    uint32_t to = name_end(text, at + 1, end);
    return to == at + 1 ? 0 : to;
  }
  if (first == '.') {
    uint32_t to = name_end(text, at + 1, end);
    if (to == at + 1 || !is_letter(text[at + 1])) return 0;
    *known |= is_known_class(text, at + 1, to);
    return to;
  }
  if (first == '-') return at + 1;
  if (!is_letter(first)) return 0;
  uint32_t key_end = name_end(text, at, end);
  if (key_end >= end || text[key_end] != '=') return 0;
  uint32_t from = key_end + 1, to = from;
  bool quoted = from < end && (text[from] == '"' || text[from] == '\'');
  if (quoted) {
    to = ++from;
    if (from < end && is_ascii_space(text[from])) return 0;
    while (to < end && text[to] != text[from - 1]) {
      to += text[to] == '\\' && to + 1 < end && is_escapable(text[to + 1]) ? 2 : 1;
    }
    if (to >= end) return 0;
  } else {
    to = bare_value_end(s, from, end);
  }
  if (equals(text, at, key_end, "class") && to - from < LONGEST_CLASSES) {
    for (uint32_t word = from; word < to;) {
      uint32_t stop = word;
      while (stop < to && !is_ascii_space(text[stop])) stop++;
      *known |= stop > word && is_known_class(text, word, stop);
      word = stop + 1;
    }
  }
  return to + (quoted ? 1 : 0);
}

/* The end of the attribute block that begins with the `{` at `open`, or 0. `known` says
   whether it has a class that newsmark knows. Points from which no block can be finished
   are remembered, so that many failures together stay linear. */
static uint32_t read_attributes(Scanner *s, uint32_t open, uint32_t end, bool *known) {
  const int32_t *text = s->text.d;
  uint32_t at = open + 1;
  bool has_known = false;
  for (;;) {
    at = skip_attribute_space(text, at, end);
    if (at >= end || s->dead.d[at]) break;
    if (text[at] == '}') {
      if (known) *known = has_known;
      return at + 1;
    }
    uint32_t to = attribute_end(s, at, end, &has_known);
    if (!to) break;
    at = to;
  }
  /* The points passed on the way are dead too. */
  uint32_t stop = at;
  bool ignored = false;
  for (at = open + 1;;) {
    at = skip_attribute_space(text, at, end);
    if (at >= end) break;
    if (s->dead.d[at]) break;
    s->dead.d[at] = 1;
    if (at >= stop) break;
    at = attribute_end(s, at, end, &ignored);
    if (!at) break;
  }
  return 0;
}

#endif
