//! Reading HTML that somebody else wrote, once, into blocks.
//!
//! html5ever's tokenizer says what is a tag, a comment, an entity or raw text, as in browsers. Its
//! tree builder is left out: nested formatting elements lead it into quadratic work and deep
//! recursion, and we keep a dozen elements only ([`super::build`]).
//!
//! Three things are decided before the tokenizer sees a `<`: one that begins no tag of HTML is text;
//! the marks of a CDATA section, which some systems escape along with their HTML, are left out; and a
//! tag longer than [`MAX_TAG`] ends the text, because the tokenizer compares each attribute of a tag
//! with all before it.
//!
//! Time is linear in the length of the text, and [`MAX_HTML`] characters are read at most.

use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::MAX_HTML;
use super::blocks::Block;
use super::build::Builder;
use super::elements::begins_tag;

/// How many bytes a tag has at most; links have 2,000 characters, and inline images are not kept.
const MAX_TAG: usize = 8_192;
const CDATA: &str = "<![CDATA[";

/// Reads `html`; relative links are seen from `base`.
pub(super) fn read(html: &str, base: Option<&url::Url>) -> Vec<Block> {
    read_whole(html, base).0
}

/// The same, and whether everything was read.
pub(super) fn read_whole(html: &str, base: Option<&url::Url>) -> (Vec<Block>, bool) {
    let end = html
        .char_indices()
        .nth(MAX_HTML)
        .map_or(html.len(), |(at, _)| at);
    let tokenizer = Tokenizer::new(
        Sink {
            builder: RefCell::new(Builder::new(base)),
            in_markup: Cell::new(false),
        },
        TokenizerOpts::default(),
    );
    feed(&html[..end], &tokenizer);
    tokenizer.end();
    let builder = tokenizer.sink.builder.into_inner();
    let is_whole = end == html.len() && !builder.is_full();
    (builder.finish(), is_whole)
}

/// Feeds the tokenizer piece by piece: each begins with the only `<` in it, or holds none.
fn feed(html: &str, tokenizer: &Tokenizer<Sink<'_>>) {
    let input = BufferQueue::default();
    let push = |text: &str| {
        input.push_back(StrTendril::from(text));
        // The sink stops for no script.
        let _ = tokenizer.feed(&input);
    };
    let sink = &tokenizer.sink;
    let (mut rest, mut is_tag, mut length) = (html, false, 0);
    while let Some(first) = rest.chars().next() {
        let next = rest[first.len_utf8()..].find('<');
        let end = next.map_or(rest.len(), |at| at + first.len_utf8());
        let end = rest.floor_char_boundary(end.min(MAX_TAG));
        let (mut piece, after) = rest.split_at(end);
        if sink.in_markup.get() {
            length += piece.len();
            if is_tag && length > MAX_TAG {
                return;
            }
        } else if first == '<' && !sink.builder.borrow().is_raw() {
            if let Some(inside) = piece.strip_prefix(CDATA) {
                piece = inside;
            } else if piece.starts_with("<!") || piece.starts_with("<?") {
                (is_tag, length) = (false, 0);
                sink.in_markup.set(true);
            } else if begins_tag(rest) {
                (is_tag, length) = (true, piece.len());
                sink.in_markup.set(true);
            } else {
                push("&lt;");
                piece = &piece[1..];
            }
        }
        push(piece);
        if sink.builder.borrow().is_full() {
            return;
        }
        rest = after;
    }
}

/// What the tokenizer gives its tokens to.
struct Sink<'a> {
    builder: RefCell<Builder<'a>>,
    /// Whether a tag, comment or declaration has begun and not ended.
    in_markup: Cell<bool>,
}

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => {
                self.in_markup.set(false);
                return self.builder.borrow_mut().tag(&tag);
            }
            Token::CommentToken(_) | Token::DoctypeToken(_) => self.in_markup.set(false),
            Token::CharacterTokens(text) => self.builder.borrow_mut().text(&text),
            Token::NullCharacterToken | Token::EOFToken | Token::ParseError(_) => {}
        }
        TokenSinkResult::Continue
    }
}
