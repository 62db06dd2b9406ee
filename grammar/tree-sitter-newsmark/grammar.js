/**
 * @file newsmark: annotated news drafts in Markdown (see ../SPEC.md)
 * @license MIT OR Apache-2.0
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

// What a bracket is depends on what follows its partner, and where a paragraph ends on
// the lines after it. So the scanner reads a block's text as a whole, decides, and hands
// out the tokens one by one: this file only says what they build. No text is an error.

/** Inline content that may be empty. */
const text = ($) => repeat($._inline);

module.exports = grammar({
  name: "newsmark",

  // The same order as `enum Token` in src/tokens.h.
  externals: ($) => [
    $._plan,
    $._space,
    $.block_continuation,
    $._end_of_line,
    $._close,
    $.front_matter_fence,
    $.front_matter_content,
    $._heading_start,
    $.h1_marker,
    $.h2_marker,
    $.h3_marker,
    $.h4_marker,
    $.h5_marker,
    $.h6_marker,
    $.closing_marker,
    $._setext_start,
    $.h1_underline,
    $.h2_underline,
    $._paragraph_start,
    $._thematic_break,
    $._code_fence_open,
    $._language,
    $._info,
    $._code_line,
    $._code_fence_close,
    $._indented_line,
    $._html_start,
    $._html_text,
    $._html_end,
    $.footnote_label,
    $.block_quote_marker,
    $._bullet,
    $._number,
    $.task_open,
    $.task_done,
    $._div_open,
    $._div_word,
    $._div_colons,
    $._div_close,
    $._table_start,
    $._row_start,
    $._pipe,
    $.delimiter_row,
    $._definition_label,
    $._text,
    $._span_open,
    $._span_close,
    $._attributes_open,
    $._attributes_close,
    $._loose_attributes_open,
    $._citation_open,
    $._citation_close,
    $._citation_separator,
    $._prefix,
    $._suffix,
    $._locator,
    $.suppress_author,
    $._at,
    $._key_open,
    $._key,
    $._key_close,
    $._mention_open,
    $._entity,
    $._fragment_mark,
    $._fragment,
    $._pipe_mark,
    $._shown,
    $._mention_close,
    $._link_open,
    $._image_open,
    $._link_text_close,
    $._target_open,
    $.link_destination,
    $._title,
    $._target_close,
    $._reference_label,
    $.footnote_reference,
    $._code_open,
    $._code_text,
    $._code_close,
    $._math_open,
    $._math_text,
    $._math_close,
    $._comment_open,
    $._comment_text,
    $._comment_close,
    $._suppress,
    $._rule,
    $._reason,
    $._html_tag,
    $._html_tag_more,
    $.autolink,
    $.backslash_escape,
    $.character_reference,
    $._emphasis_open,
    $._emphasis_close,
    $._strong_open,
    $._strong_close,
  ],

  extras: ($) => [$._plan, $._space, $.block_continuation],

  supertypes: ($) => [$._block],

  inline: ($) => [$._inline_comment],

  rules: {
    document: ($) => seq(optional($.front_matter), repeat($._not_heading), repeat($.section)),

    front_matter: ($) =>
      seq(
        $.front_matter_fence,
        $._end_of_line,
        optional($.front_matter_content),
        optional(seq($.front_matter_fence, $._end_of_line)),
      ),

    /** A heading and what follows it up to the next one. */
    section: ($) => prec.right(seq($._heading, repeat($._not_heading))),

    _block: ($) => choice($._heading, $._not_heading),
    _heading: ($) => choice($.atx_heading, $.setext_heading),
    _not_heading: ($) =>
      choice(
        $.paragraph,
        $.thematic_break,
        $.fenced_code_block,
        $.indented_code_block,
        $.html_block,
        $.block_quote,
        $.list,
        $.fenced_div,
        $.footnote_definition,
        $.link_reference_definition,
        $.table,
      ),

    // Leaf blocks

    paragraph: ($) => seq($._paragraph_start, text($), $._end_of_line),

    atx_heading: ($) =>
      seq(
        $._heading_start,
        choice($.h1_marker, $.h2_marker, $.h3_marker, $.h4_marker, $.h5_marker, $.h6_marker),
        field("text", optional($.heading_text)),
        optional($.closing_marker),
        optional($.attributes),
        $._end_of_line,
      ),

    setext_heading: ($) =>
      seq(
        $._setext_start,
        field("text", optional($.heading_text)),
        optional($.attributes),
        choice($.h1_underline, $.h2_underline),
        $._end_of_line,
      ),

    heading_text: ($) => repeat1($._inline),

    thematic_break: ($) => seq($._thematic_break, $._end_of_line),

    fenced_code_block: ($) =>
      seq(
        field("open", alias($._code_fence_open, $.code_fence)),
        optional($.info_string),
        $._end_of_line,
        optional($.code_content),
        choice(seq(field("close", alias($._code_fence_close, $.code_fence)), $._end_of_line), $._close),
      ),
    /** The language is the first word after a code block's fence. */
    info_string: ($) => seq(alias($._language, $.language), optional($._info)),
    code_content: ($) => repeat1($._code_line),

    indented_code_block: ($) => prec.right(repeat1($._indented_line)),

    html_block: ($) => seq($._html_start, repeat(choice($._html_text, $._inline_comment)), $._html_end),

    link_reference_definition: ($) =>
      seq(
        alias(repeat1($._definition_label), $.link_label),
        $.link_destination,
        optional($.link_title),
        $._end_of_line,
      ),

    table: ($) =>
      prec.right(
        seq(
          $._table_start,
          alias($._cells, $.table_header),
          $._end_of_line,
          $.delimiter_row,
          $._end_of_line,
          repeat($.table_row),
        ),
      ),
    table_row: ($) => seq($._row_start, optional($._cells), $._end_of_line),
    _cells: ($) => repeat1(choice(alias($._pipe, "|"), $.table_cell)),
    table_cell: ($) => prec.right(repeat1($._inline)),

    // Blocks that hold blocks

    block_quote: ($) => seq($.block_quote_marker, repeat($._block), $._close),

    list: ($) =>
      prec.right(
        choice(
          repeat1(alias($._bullet_item, $.list_item)),
          repeat1(alias($._numbered_item, $.list_item)),
        ),
      ),
    _bullet_item: ($) => seq(alias($._bullet, $.list_marker), $._item),
    _numbered_item: ($) => seq(alias($._number, $.list_marker), $._item),
    _item: ($) => seq(optional(choice($.task_open, $.task_done)), repeat($._block), $._close),

    footnote_definition: ($) => seq($.footnote_label, repeat($._block), $._close),

    fenced_div: ($) =>
      seq(
        field("open", alias($._div_open, $.div_fence)),
        choice($.attributes, alias($._div_word, $.class)),
        optional(alias($._div_colons, $.div_fence)),
        $._end_of_line,
        repeat($._block),
        // A div that its container's end cuts off has no second fence.
        choice(seq(field("close", alias($._div_close, $.div_fence)), $._end_of_line), $._close),
      ),

    // Inline

    _inline: ($) =>
      choice(
        $._text,
        $.span,
        $.citation,
        $.narrative_citation,
        $.mention,
        $.link,
        $.picture,
        $.footnote_reference,
        $.code_span,
        $.math,
        $._inline_comment,
        $.html_tag,
        $.autolink,
        $.backslash_escape,
        $.character_reference,
        $.emphasis,
        $.strong_emphasis,
        $.misplaced_attributes,
      ),

    /** `[text]{.claim by=northland}` */
    span: ($) =>
      seq(
        alias($._span_open, "["),
        optional(field("text", $.span_text)),
        alias($._span_close, "]"),
        field("attributes", $.attributes),
      ),
    span_text: ($) => repeat1($._inline),

    attributes: ($) => seq(alias($._attributes_open, "{"), $._attributes_rest),
    /** `{.claim}` that belongs to nothing, as while a claim's first bracket is missing. */
    misplaced_attributes: ($) => seq(alias($._loose_attributes_open, "{"), $._attributes_rest),
    _attributes_rest: ($) =>
      seq(
        repeat(
          choice(
            /[ \t]+/,
            $.id,
            alias($._claim_class, $.claim_class),
            $.class,
            $.unnumbered,
            $.attribute,
          ),
        ),
        alias($._attributes_close, "}"),
      ),
    id: (_) => token(seq("#", /[^ \t\r\n#={}"',]+/)),
    _claim_class: (_) => choice(".claim", ".quote", ".accusation", ".response", ".figure"),
    class: (_) => token(seq(".", /[^ \t\r\n#={}"',]+/)),
    unnumbered: (_) => "-",
    attribute: ($) =>
      prec.right(
        seq(field("key", alias($._attribute_key, $.key)), token.immediate("="), field("value", optional($._value))),
      ),
    _attribute_key: (_) => /[^ \t\r\n#={}"'.\-][^ \t\r\n#={}"',]*/,
    _value: ($) => choice(alias($._bare_value, $.value), $.quoted_value),
    // A backslash takes its meaning from punctuation and spaces only.
    _bare_value: (_) =>
      token.immediate(prec(1,
        /(\\[!-\/:-@\[-`{-~ ]|\\[^!-\/:-@\[-`{-~ \t\r\n]|[^ \t\r\n}"'\\])(\\[!-\/:-@\[-`{-~ ]|\\[^!-\/:-@\[-`{-~ \t\r\n]|[^ \t\r\n}\\])*\\?|\\/,
      )),
    quoted_value: ($) =>
      choice(
        seq(token.immediate('"'), optional(alias($._in_double, $.value)), token.immediate('"')),
        seq(token.immediate("'"), optional(alias($._in_single, $.value)), token.immediate("'")),
      ),
    _in_double: ($) => repeat1(choice(token.immediate(/[^"\\\r\n]+/), $._value_escape)),
    _in_single: ($) => repeat1(choice(token.immediate(/[^'\\\r\n]+/), $._value_escape)),
    _value_escape: (_) => token.immediate(/\\[!-\/:-@\[-`{-~ ]|\\/),

    /** `[see @wire-0311, p. 2; -@{log}]` */
    citation: ($) =>
      seq(
        alias($._citation_open, "["),
        $.cited_item,
        repeat(seq(alias($._citation_separator, ";"), $.cited_item)),
        alias($._citation_close, "]"),
      ),
    cited_item: ($) =>
      seq(
        optional(alias(repeat1($._prefix), $.prefix)),
        optional($.suppress_author),
        $._cited_key,
        optional(alias(repeat1($._locator), $.locator)),
        optional(alias(repeat1($._suffix), $.suffix)),
      ),
    /** `@wire-0311` in running text */
    narrative_citation: ($) => seq(optional($.suppress_author), $._cited_key),
    _cited_key: ($) =>
      seq(
        alias($._at, "@"),
        choice(
          alias($._key, $.citation_key),
          seq(alias($._key_open, "{"), alias($._key, $.citation_key), alias($._key_close, "}")),
        ),
      ),

    /** `[[entity]]`, `[[entity|shown]]`, `[[article#claim|shown]]`, `[[#claim]]` */
    mention: ($) =>
      seq(
        alias($._mention_open, "[["),
        field("entity", optional(alias($._entity, $.entity))),
        optional(seq(alias($._fragment_mark, "#"), optional(alias($._fragment, $.claim_reference)))),
        optional(seq(alias($._pipe_mark, "|"), field("shown", optional(alias(repeat1($._shown), $.shown))))),
        alias($._mention_close, "]]"),
      ),

    link: ($) =>
      seq(alias($._link_open, "["), optional($.link_text), alias($._link_text_close, "]"), optional($._target)),
    picture: ($) =>
      prec.right(
        seq(
          alias($._image_open, "!["),
          optional(alias($.link_text, $.description)),
          alias($._link_text_close, "]"),
          optional($._target),
          optional(field("attributes", $.attributes)),
        ),
      ),
    link_text: ($) => repeat1($._inline),
    /** Where a link goes; `[text]` alone goes where the label of its own text does. */
    _target: ($) =>
      choice(
        seq(
          alias($._target_open, "("),
          optional($.link_destination),
          optional($.link_title),
          alias($._target_close, ")"),
        ),
        alias($._reference_labels, $.link_label),
      ),
    _reference_labels: ($) => prec.right(repeat1($._reference_label)),
    link_title: ($) => prec.right(repeat1($._title)),

    code_span: ($) =>
      seq(
        alias($._code_open, $.code_delimiter),
        repeat($._code_text),
        alias($._code_close, $.code_delimiter),
      ),
    math: ($) =>
      seq(
        alias($._math_open, $.math_delimiter),
        repeat($._math_text),
        alias($._math_close, $.math_delimiter),
      ),

    _inline_comment: ($) => choice($.comment, $.suppression),
    comment: ($) => seq($._comment_open, repeat($._comment_text), optional($._comment_close)),
    /** `<!-- newsmark-ignore RULE, RULE: reason -->` */
    suppression: ($) =>
      seq(
        $._comment_open,
        alias($._suppress, $.directive),
        repeat(choice(alias($._rule, $.rule), $._comment_text)),
        optional(alias(repeat1($._reason), $.reason)),
        $._comment_close,
      ),

    html_tag: ($) => seq($._html_tag, repeat($._html_tag_more)),

    emphasis: ($) =>
      seq(
        alias($._emphasis_open, $.emphasis_delimiter),
        text($),
        alias($._emphasis_close, $.emphasis_delimiter),
      ),
    strong_emphasis: ($) =>
      seq(
        alias($._strong_open, $.emphasis_delimiter),
        text($),
        alias($._strong_close, $.emphasis_delimiter),
      ),
  },
});
