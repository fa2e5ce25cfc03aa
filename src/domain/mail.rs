//! Mails joined from shared parts.
//!
//! `digest` encodes the parts of an issue once per language and knows where every byte of a
//! personal token is; a variant is a list of parts and a few short texts of its own. `delivery`
//! builds the mail of one reader from it: one allocation, the parts copied one after another, the
//! tokens written over their placeholders, and the reader's two headers in front. Nothing is
//! rendered or encoded at that point.

use std::sync::Arc;

use super::address::Address;
use super::token::TOKEN_LEN;

/// Where one token is in a part: the offset of each of its letters. A soft line break of
/// quoted-printable may be between any two of them, so one offset is not enough.
pub type TokenOffsets = [u32; TOKEN_LEN];

/// The positions in a part that differ for each reader.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TokenPositions {
    /// Where the unsubscribe token goes.
    pub unsubscribe: Vec<TokenOffsets>,
    /// Where the preferences token goes.
    pub preferences: Vec<TokenOffsets>,
}

/// Bytes that many mails share, encoded: ASCII only, whole lines that end with CRLF.
#[derive(Clone)]
pub struct MailPart {
    bytes: Box<[u8]>,
    tokens: TokenPositions,
}

/// All parts from which the mails of an issue in one language are joined.
#[derive(Clone)]
pub struct MailParts {
    envelope_from: Address,
    parts: Vec<MailPart>,
}

/// One piece of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A part, by its place in [`MailParts`].
    Part(usize),
    /// A short text of this variant, encoded like a part and without tokens.
    Own(Box<[u8]>),
}

/// A variant, complete except for the personal data. Cheap to create and to clone.
#[derive(Clone)]
pub struct PreparedMail {
    parts: Arc<MailParts>,
    pieces: Vec<Piece>,
    length: usize,
}

/// The personal data in a mail.
#[derive(Debug, Clone, Copy)]
pub struct Personal<'a> {
    /// The reader's address; non-ASCII characters are written to `To` as they are (RFC 6532 §3.2),
    /// and the mail then needs SMTPUTF8.
    pub to: &'a Address,
    /// The Message-ID (RFC 5322 §3.6.4), without angle brackets; the same for every attempt.
    pub message_id: &'a str,
    /// The token that ends the subscription.
    pub unsubscribe: &'a [u8; TOKEN_LEN],
    /// The token that opens the preferences.
    pub preferences: &'a [u8; TOKEN_LEN],
}

/// Invalid bytes or positions. Only a bug can cause it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadMail {
    /// The bytes must survive every relay.
    #[error("a part of a mail has a non-ASCII byte at {0}; this is a bug")]
    NotAscii(usize),
    /// Joining it to the next part would change its last line.
    #[error("a part of a mail does not end with a line end; this is a bug")]
    NoLineEnd,
    /// A token is beyond the end.
    #[error("a part of a mail has a token at {0}, beyond its end; this is a bug")]
    Beyond(u32),
    /// A piece does not exist.
    #[error("a mail refers to part {0}, which does not exist; this is a bug")]
    NoPart(usize),
}

impl MailPart {
    /// A part of these bytes, with placeholders where the tokens go.
    pub fn new(bytes: Vec<u8>, tokens: TokenPositions) -> Result<Self, BadMail> {
        check(&bytes)?;
        let mut offsets = tokens.unsubscribe.iter().chain(&tokens.preferences);
        if let Some(beyond) =
            offsets.find_map(|offsets| offsets.iter().find(|at| **at as usize >= bytes.len()))
        {
            return Err(BadMail::Beyond(*beyond));
        }
        Ok(Self {
            bytes: bytes.into_boxed_slice(),
            tokens,
        })
    }

    /// The bytes, with placeholders where the tokens go.
    pub const fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where the tokens go.
    pub const fn tokens(&self) -> &TokenPositions {
        &self.tokens
    }
}

fn check(bytes: &[u8]) -> Result<(), BadMail> {
    if let Some(at) = bytes.iter().position(|byte| !byte.is_ascii()) {
        return Err(BadMail::NotAscii(at));
    }
    if bytes.is_empty() || bytes.ends_with(b"\r\n") {
        Ok(())
    } else {
        Err(BadMail::NoLineEnd)
    }
}

impl MailParts {
    /// The parts of mails from `envelope_from`.
    pub const fn new(envelope_from: Address, parts: Vec<MailPart>) -> Self {
        Self {
            envelope_from,
            parts,
        }
    }

    /// The bytes of all parts together.
    pub fn size(&self) -> usize {
        self.parts.iter().map(|part| part.bytes.len()).sum()
    }
}

impl PreparedMail {
    /// The mail of these pieces, in their order: all headers but `To` and `Message-ID`, and the body.
    pub fn new(parts: Arc<MailParts>, pieces: Vec<Piece>) -> Result<Self, BadMail> {
        let mut length = 0;
        for piece in &pieces {
            length += match piece {
                Piece::Part(index) => {
                    let part = parts.parts.get(*index);
                    part.ok_or(BadMail::NoPart(*index))?.bytes.len()
                }
                Piece::Own(bytes) => {
                    check(bytes)?;
                    bytes.len()
                }
            };
        }
        Ok(Self {
            parts,
            pieces,
            length,
        })
    }

    /// A mail of a single part.
    pub fn in_one_part(
        envelope_from: Address,
        bytes: Vec<u8>,
        tokens: TokenPositions,
    ) -> Result<Self, BadMail> {
        let part = MailPart::new(bytes, tokens)?;
        let parts = MailParts::new(envelope_from, vec![part]);
        Self::new(Arc::new(parts), vec![Piece::Part(0)])
    }

    /// The address for `MAIL FROM`.
    pub fn envelope_from(&self) -> &Address {
        &self.parts.envelope_from
    }

    /// The bytes that all readers of the variant share, with placeholders where the tokens go.
    pub fn shared_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.length);
        for piece in &self.pieces {
            bytes.extend_from_slice(self.bytes_of(piece));
        }
        bytes
    }

    /// The bytes of one of its pieces.
    pub fn bytes_of<'a>(&'a self, piece: &'a Piece) -> &'a [u8] {
        match piece {
            Piece::Part(index) => &self.parts.parts[*index].bytes,
            Piece::Own(bytes) => bytes,
        }
    }

    /// Its pieces, in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The mail of one reader, ready for `DATA` (before dot-stuffing).
    pub fn personal(&self, own: &Personal<'_>) -> Vec<u8> {
        debug_assert!(
            own.message_id.bytes().all(|byte| byte.is_ascii_graphic()),
            "a Message-ID is made by this program"
        );
        let front = [
            "To: ",
            own.to.as_str(),
            "\r\nMessage-ID: <",
            own.message_id,
            ">\r\n",
        ];
        let ahead = front.iter().map(|text| text.len()).sum::<usize>();
        let mut mail = Vec::with_capacity(ahead + self.length);
        for text in front {
            mail.extend_from_slice(text.as_bytes());
        }
        for piece in &self.pieces {
            let begin = mail.len();
            mail.extend_from_slice(self.bytes_of(piece));
            if let Piece::Part(index) = piece {
                let tokens = &self.parts.parts[*index].tokens;
                write_tokens(&mut mail[begin..], tokens, own);
            }
        }
        mail
    }
}

fn write_tokens(part: &mut [u8], tokens: &TokenPositions, own: &Personal<'_>) {
    for (positions, token) in [
        (&tokens.unsubscribe, own.unsubscribe),
        (&tokens.preferences, own.preferences),
    ] {
        for offsets in positions {
            for (at, letter) in offsets.iter().zip(token) {
                part[*at as usize] = *letter;
            }
        }
    }
}

/// Sizes only: the text is not for logs.
impl std::fmt::Debug for MailPart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailPart")
            .field("bytes", &self.bytes.len())
            .field("unsubscribe", &self.tokens.unsubscribe.len())
            .field("preferences", &self.tokens.preferences.len())
            .finish_non_exhaustive()
    }
}

/// Sizes only, as above.
impl std::fmt::Debug for MailParts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailParts")
            .field("parts", &self.parts.len())
            .field("bytes", &self.size())
            .finish_non_exhaustive()
    }
}

/// Sizes only, as above.
impl std::fmt::Debug for PreparedMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PreparedMail")
            .field("pieces", &self.pieces.len())
            .field("bytes", &self.length)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn address(text: &str) -> Address {
        Address::parse(text).expect("an address")
    }

    fn prepared(parts: Vec<MailPart>, pieces: Vec<Piece>) -> Result<PreparedMail, BadMail> {
        let parts = MailParts::new(address("post@example.org"), parts);
        PreparedMail::new(Arc::new(parts), pieces)
    }

    #[test]
    fn bytes_positions_and_pieces_are_checked() {
        let made = |bytes: &[u8], tokens| MailPart::new(bytes.to_vec(), tokens);
        let none = TokenPositions::default;
        assert_eq!(
            made("Grüße\r\n".as_bytes(), none()).err(),
            Some(BadMail::NotAscii(2))
        );
        assert_eq!(made(b"abc", none()).err(), Some(BadMail::NoLineEnd));
        assert_eq!(made(b"abc\n", none()).err(), Some(BadMail::NoLineEnd));
        assert!(made(b"", none()).is_ok());
        let tokens = |at| TokenPositions {
            preferences: vec![[at; TOKEN_LEN]],
            ..none()
        };
        assert_eq!(made(b"abc\r\n", tokens(5)).err(), Some(BadMail::Beyond(5)));
        let part = made(b"abc\r\n", tokens(2)).expect("a part");
        assert!(prepared(vec![part.clone()], vec![Piece::Part(0)]).is_ok());
        assert_eq!(
            prepared(vec![part.clone()], vec![Piece::Part(1)]).err(),
            Some(BadMail::NoPart(1))
        );
        let own = |bytes: &[u8]| vec![Piece::Part(0), Piece::Own(bytes.into())];
        assert_eq!(
            prepared(vec![part.clone()], own(b"abc")).err(),
            Some(BadMail::NoLineEnd)
        );
        assert_eq!(
            prepared(vec![part], own("ä\r\n".as_bytes())).err(),
            Some(BadMail::NotAscii(0))
        );
    }

    #[test]
    fn debug_shows_no_text() {
        let part = MailPart::new(b"Subject: secret\r\n".to_vec(), TokenPositions::default());
        let mail = prepared(vec![part.expect("a part")], vec![Piece::Part(0)]).expect("a mail");
        let shown = format!("{mail:?} {:?} {:?}", mail.parts, mail.parts.parts);
        assert!(shown.contains("17") && !shown.contains("secret"), "{shown}");
    }

    proptest! {
        /// A part may occur in a mail more than once, between others.
        #[test]
        fn parts_are_joined_and_only_tokens_change(
            contents in prop::collection::vec("[ -~]{120,200}", 1..4),
            order in prop::collection::vec(0_usize..6, 1..8),
            offsets in prop::sample::subsequence((0..120_u32).collect::<Vec<_>>(), TOKEN_LEN * 2),
            unsubscribe in prop::array::uniform32(b'a'..=b'z'),
        ) {
            let offsets_of = |half: &[u32]| TokenOffsets::try_from(half).expect("as many as letters");
            let (one, two) = offsets.split_at(TOKEN_LEN);
            let tokens = TokenPositions { unsubscribe: vec![offsets_of(one)], preferences: vec![offsets_of(two)] };
            let parts = contents.iter().map(|text| MailPart::new(format!("{text}\r\n").into_bytes(), tokens.clone()).expect("a part"));
            // Numbers beyond the parts are the variant's own texts.
            let pieces: Vec<_> = order.iter().map(|at| if *at < contents.len() {
                Piece::Part(*at)
            } else {
                Piece::Own(format!("own {at}\r\n").into_bytes().into())
            }).collect();
            let mail = prepared(parts.collect(), pieces).expect("a mail");
            let mut first = [b'U'; TOKEN_LEN];
            first[..32].copy_from_slice(&unsubscribe);
            let second = [b'_'; TOKEN_LEN];
            let to = address("erika@example.org");
            let whole = mail.personal(&Personal { to: &to, message_id: "id@example.org", unsubscribe: &first, preferences: &second });

            let mut expected = b"To: erika@example.org\r\nMessage-ID: <id@example.org>\r\n".to_vec();
            for at in &order {
                match contents.get(*at) {
                    None => expected.extend_from_slice(format!("own {at}\r\n").as_bytes()),
                    Some(text) => {
                        let mut text = text.clone().into_bytes();
                        for (half, token) in [(one, &first), (two, &second)] {
                            for (at, letter) in half.iter().zip(token) {
                                text[*at as usize] = *letter;
                            }
                        }
                        expected.extend_from_slice(&text);
                        expected.extend_from_slice(b"\r\n");
                    }
                }
            }
            prop_assert_eq!(&whole, &expected);
            prop_assert_eq!(mail.shared_bytes().len(), expected.len() - 53);
        }
    }
}
