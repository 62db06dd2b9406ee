/* Runs the external scanner alone over random texts, under the sanitizers of the compiler:
   fuzz ROUNDS SEED. Its state goes through its own serialization before every token, the
   plan has to cover the text, and no token may be planned for ever. */

#include <stdio.h>

#include "../src/scanner.c"

typedef struct {
  TSLexer lexer;
  const int32_t *text;
  uint32_t at, length, marked;
} Input;

static void advance(TSLexer *lexer, bool skip) {
  Input *in = (Input *)lexer;
  (void)skip;
  if (in->at < in->length) in->at++;
  lexer->lookahead = in->at < in->length ? in->text[in->at] : 0;
}
static void mark_end(TSLexer *lexer) { ((Input *)lexer)->marked = ((Input *)lexer)->at; }
static uint32_t get_column(TSLexer *lexer) { return ((Input *)lexer)->at; }
static bool at_start(const TSLexer *lexer) { return ((const Input *)lexer)->at == 0; }
static bool at_end(const TSLexer *lexer) { return ((const Input *)lexer)->at >= ((const Input *)lexer)->length; }

static uint64_t state = 1;
static uint32_t chance(uint32_t below) {
  state ^= state << 13, state ^= state >> 7, state ^= state << 17;
  return (uint32_t)(state >> 16) % below;
}

static void fail(const char *what) {
  fprintf(stderr, "%s\n", what);
  exit(1);
}

static void run(const int32_t *text, uint32_t length) {
  static bool valid[TOKEN_COUNT];
  for (uint32_t i = 0; i < TOKEN_COUNT; i++) valid[i] = true;
  static char buffer[TREE_SITTER_SERIALIZATION_BUFFER_SIZE];
  void *scanner = tree_sitter_newsmark_external_scanner_create();
  Input in = {.text = text, .length = length};
  in.lexer.advance = advance, in.lexer.mark_end = mark_end, in.lexer.get_column = get_column;
  in.lexer.is_at_included_range_start = at_start, in.lexer.eof = at_end;
  uint32_t place = 0, still = 0;
  unsigned size = 0;
  for (;;) {
    tree_sitter_newsmark_external_scanner_deserialize(scanner, buffer, size);
    in.at = in.marked = place;
    in.lexer.lookahead = place < length ? text[place] : 0;
    if (tree_sitter_newsmark_external_scanner_scan(scanner, &in.lexer, valid)) {
      size = tree_sitter_newsmark_external_scanner_serialize(scanner, buffer);
      if (size > sizeof buffer) fail("the state is too large");
    } else {
      /* Inside of an attribute block the grammar reads on by itself. */
      if (place >= length) break;
      in.marked = place + 1;
    }
    still = in.marked > place ? 0 : still + 1;
    if (still > 1000) fail("tokens without text for ever");
    place = in.marked;
  }
  if (place < length) fail("the scanner stops before the end");
  tree_sitter_newsmark_external_scanner_destroy(scanner);
}

int main(int count, char **arguments) {
  static const char *const pieces[] = {
    "[", "]", "[[", "]]", "{.claim}", "{", "}", "@", "@{", "[@a; -@b, p. 2]", "|", "](", ")", "`", "```\n", "~~~\n", "\n", "\n\n",
    "\r", "\r\n", "> ", "- ", "1. ", "    ", "\t", "# ", ":::", "::: {.claim}\n", "\n:::\n", "<!--", "-->", "<!-- newsmark-ignore a, b: c -->",
    "<b c='d'>", "<div>\n", "*", "__", "$", "&amp;", ";", "\\", "\"", "'", "=", ".a", "#", "---\n", "===\n", "| a |\n|---|\n",
    "[^1]", "\n[^1]: ", "\n[a]: ", "a", "word ", "\"title\"", "https://", "!["};
  uint32_t rounds = count > 1 ? (uint32_t)atoi(arguments[1]) : 10000;
  state = count > 2 ? (uint64_t)atoi(arguments[2]) * 2654435761u + 1 : 88172645463325252u;
  uint64_t characters = 0;
  for (uint32_t round = 0; round < rounds; round++) {
    static int32_t text[40000];
    uint32_t length = 0, parts = chance(8) ? chance(60) : chance(3000);
    for (uint32_t i = 0; i < parts && length + 64 < sizeof text / sizeof *text; i++) {
      if (chance(5) == 0) {
        text[length++] = chance(2) ? (int32_t)chance(256) : chance(2) ? (int32_t)chance(0x11000) : -1;
      } else {
        for (const char *c = pieces[chance(sizeof pieces / sizeof *pieces)]; *c; c++) text[length++] = *c;
      }
    }
    /* A copy of the right size, so that the sanitizer sees a read past its end. */
    int32_t *copy = malloc((length ? length : 1) * sizeof *copy);
    memcpy(copy, text, length * sizeof *copy);
    run(copy, length);
    characters += length;
    free(copy);
  }
  printf("%u random texts, %.1f million characters, through the scanner\n", rounds, (double)characters / 1e6);
  return 0;
}
