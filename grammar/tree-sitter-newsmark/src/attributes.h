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

/* The end of the item at `at`, or 0. */
static uint32_t attribute_end(const int32_t *text, uint32_t at, uint32_t end, bool *known) {
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
    while (to < end && !is_blank(text[to]) && text[to] != '\n' && text[to] != '}') {
      to += text[to] == '\\' && to + 1 < end && is_escapable(text[to + 1]) ? 2 : 1;
    }
  }
  if (equals(text, at, key_end, "class")) {
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
    uint32_t to = attribute_end(text, at, end, &has_known);
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
    at = attribute_end(text, at, end, &ignored);
    if (!at) break;
  }
  return 0;
}

#endif
