#ifndef NEWSMARK_READER_H
#define NEWSMARK_READER_H

/* What the parts of the scanner share: its state, its working memory, characters. */

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "letters.h"
#include "tokens.h"
#include "tree_sitter/parser.h"

#define VEC(type) struct { type *d; uint32_t n, cap; }
#define PUSH(v, x) (grow((void **)&(v).d, &(v).cap, (v).n + 1, sizeof *(v).d), (v).d[(v).n++] = (x))

static void grow(void **data, uint32_t *cap, uint32_t needed, size_t size) {
  if (needed <= *cap) return;
  uint32_t more = *cap ? *cap * 2 : 64;
  if (more < needed) more = needed;
  void *moved = realloc(*data, (size_t)more * size);
  if (!moved) abort();
  *data = moved;
  *cap = more;
}

enum { DEEPEST = 30, MOST_LABELS = 60, PLAN_SIZE = 740, SOFT_LIMIT = 330, DEEPEST_MARKUP = 24 };

typedef enum { QUOTE, ITEM, FOOTNOTE, DIV } ContainerType;

/* A block that holds blocks. */
typedef struct {
  uint8_t type;
  /* ITEM: how far its text is indented. DIV: how many quotes it stands in. */
  uint8_t indent;
  /* DIV: the characters before its fence. */
  uint8_t column;
} Container;

/* The block that goes on with the next line. */
typedef enum { NOTHING, FENCED_CODE, INDENTED_CODE, HTML, TABLE, TEXT_BLOCK, EMPTY_ITEM } Mode;

/* A link's or footnote's label that the article defines, as a number that few share. */
typedef uint16_t Label;

typedef struct {
  uint32_t start, end, next;
} Line;

/* `@key` in text: bytes of the sign or the minus before it, the key, all of it. */
typedef struct {
  uint32_t start, at, key, key_end, end;
} Key;

/* A bracket that is open. */
typedef struct {
  uint32_t at, keys, semicolons;
  int32_t waiting;
  bool image, no_link;
} Opener;

typedef enum {
  C_SPAN, C_GROUP, C_MENTION, C_LINK, C_IMAGE, C_FOOTNOTE, C_CODE, C_MATH, C_COMMENT, C_HTML,
  C_AUTOLINK, C_ESCAPE, C_REFERENCE, C_BARE, C_LOOSE, C_HEADING
} ConstructKind;

/* A piece of markup in a block's text. What `x` holds depends on the kind. */
typedef struct {
  uint8_t kind;
  uint32_t start, end;
  uint32_t x[6];
} Construct;

/* A run of `*` or `_`. */
typedef struct {
  uint32_t at, length, context;
  int32_t sign;
  bool can_open, can_close;
} Marks;

/* A token's place in a block's text; `whole` is where the construct that it opens ends. */
typedef struct {
  uint32_t at, end, whole, order;
  uint8_t kind;
} Leaf;

/* A citation group that is none if the bracket after it closes. */
typedef struct {
  uint32_t start, end, keys, key_count, semicolons, semicolon_count;
} Waiting;

typedef struct {
  /* Kept with every token */
  bool started;
  /* No line to come closes a div. */
  bool no_fence;
  uint8_t mode, mode_a, mode_b, mode_c;
  uint8_t depth;
  Container stack[DEEPEST];
  uint8_t label_count;
  Label labels[MOST_LABELS];
  /* Tokens to come: a byte for the kind, then the length in characters, seven bits a byte. */
  uint16_t plan_at, plan_end;
  uint8_t plan[PLAN_SIZE];

  /* Where the attributes of a fence that is text end: they belong to nothing. */
  uint32_t fence_end;
  /* The value without quotation marks that was read last. */
  uint32_t value_from, value_end;

  /* Working memory */
  TSLexer *lexer;
  VEC(int32_t) raw;
  VEC(Line) lines;
  /* A block's text without what its containers put before its lines, and where it stands. */
  VEC(int32_t) text;
  VEC(uint32_t) place;
  VEC(Opener) openers;
  VEC(Key) keys;
  VEC(Key) group_keys;
  VEC(Key) bare;
  VEC(uint32_t) semicolons;
  VEC(uint32_t) group_semicolons;
  VEC(Waiting) waiting;
  VEC(Construct) constructs;
  VEC(Marks) marks;
  VEC(Leaf) leaves;
  VEC(uint32_t) stack_of;
  VEC(int32_t) parentheses;
  VEC(uint8_t) dead;
  VEC(uint8_t) braces;
} Scanner;

static inline bool is_end_of_line(int32_t c) { return c == '\n' || c == '\r'; }
static inline bool is_blank(int32_t c) { return c == ' ' || c == '\t'; }
static inline bool is_ascii_space(int32_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline bool is_digit(int32_t c) { return c >= '0' && c <= '9'; }
static inline bool is_ascii_letter(int32_t c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static inline bool is_punctuation(int32_t c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

static inline bool is_space(int32_t c) {
  return is_ascii_space(c) || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

static bool in_ranges(const int32_t (*ranges)[2], uint32_t count, int32_t c) {
  uint32_t low = 0, high = count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (c > ranges[middle][1]) low = middle + 1;
    else if (c < ranges[middle][0]) high = middle;
    else return true;
  }
  return false;
}

#define IN(ranges, c) in_ranges(ranges, sizeof(ranges) / sizeof *(ranges), c)

static inline bool is_word(int32_t c) {
  return c < 0x80 ? is_ascii_letter(c) || is_digit(c) : IN(WORD_RANGES, c);
}
static inline bool is_letter(int32_t c) {
  return c < 0x80 ? is_ascii_letter(c) : IN(WORD_RANGES, c) && !IN(NUMBER_RANGES, c);
}
static inline bool is_name(int32_t c) { return is_word(c) || c == '_' || c == '-' || c == '.' || c == ':'; }

static Label label_of(const int32_t *text, uint32_t from, uint32_t to, bool footnote) {
  uint32_t hash = footnote ? 0x811C9DC5u : 0x1234567u;
  bool space = false, any = false;
  for (uint32_t i = from; i < to; i++) {
    int32_t c = text[i];
    if (is_space(c)) {
      space = any;
      continue;
    }
    if (space) hash = (hash ^ ' ') * 0x01000193u;
    space = false;
    any = true;
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
        (c >= 0x410 && c <= 0x42F)) c += 32;
    hash = (hash ^ (uint32_t)c) * 0x01000193u;
  }
  return (Label)(hash ^ (hash >> 16));
}

static bool is_defined(const Scanner *s, const int32_t *text, uint32_t from, uint32_t to, bool footnote) {
  Label label = label_of(text, from, to, footnote);
  for (uint32_t i = 0; i < s->label_count; i++) {
    if (s->labels[i] == label) return true;
  }
  return false;
}

/* The plan */

static uint32_t plan_used(const Scanner *s) { return s->plan_end; }

static void plan(Scanner *s, Token kind, uint32_t length) {
  if (s->plan_end + 6 > PLAN_SIZE) return;
  s->plan[s->plan_end++] = (uint8_t)kind;
  do {
    uint8_t byte = length & 0x7F;
    length >>= 7;
    s->plan[s->plan_end++] = byte | (length ? 0x80 : 0);
  } while (length);
}

static bool next_planned(const Scanner *s, Token *kind, uint32_t *length, uint16_t *after) {
  if (s->plan_at >= s->plan_end) return false;
  uint16_t at = s->plan_at;
  *kind = (Token)s->plan[at++];
  *length = 0;
  for (uint32_t shift = 0; at < s->plan_end && shift < 32; shift += 7) {
    uint8_t byte = s->plan[at++];
    *length |= (uint32_t)(byte & 0x7F) << shift;
    if (!(byte & 0x80)) break;
  }
  *after = at;
  return true;
}

#endif
