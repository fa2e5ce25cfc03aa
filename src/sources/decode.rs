//! Decodes bytes to text, in any encoding. Called by both readers.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Text, and what had to be repaired.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) note: Option<String>,
}

/// Decodes `bytes`: by their byte order mark, else as `declared`, else as UTF-8 if valid, else as
/// Windows-1252 (Latin-1 with more characters). Never fails; invalid bytes become “�” and are
/// noted.
pub(super) fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return by(encoding, &bytes[mark..]);
    }
    let label = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    match label {
        // A declaration that is readable as ASCII cannot be UTF-16.
        Some(encoding) if encoding != UTF_16LE && encoding != UTF_16BE && encoding != UTF_8 => {
            by(encoding, bytes)
        }
        Some(encoding) if encoding == UTF_8 => by(UTF_8, bytes),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Decoded {
                text: text.to_owned(),
                note: None,
            },
            Err(_) => Decoded {
                note: Some(
                    "the text is not UTF-8 and names no encoding; it was read as Windows-1252"
                        .into(),
                ),
                ..by(WINDOWS_1252, bytes)
            },
        },
    }
}

fn by(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let note = damaged.then(|| {
        format!(
            "some bytes are not valid {}; they were replaced by “\u{fffd}”",
            encoding.name()
        )
    });
    Decoded {
        text: text.into_owned(),
        note,
    }
}

/// The encoding named in an XML declaration at the beginning of `bytes`.
pub(super) fn xml_declaration(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(300)];
    let head = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let end = head.windows(2).position(|pair| pair == b"?>")?;
    let declaration = std::str::from_utf8(&head[..end]).ok()?;
    let value = declaration
        .split_once("encoding")?
        .1
        .trim_start()
        .strip_prefix('=')?
        .trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_found() {
        let read = |bytes: &[u8]| {
            let decoded = decode(bytes, xml_declaration(bytes));
            (
                decoded
                    .text
                    .rsplit('>')
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
                decoded.note.is_some(),
            )
        };
        assert_eq!(read("\u{feff}ä".as_bytes()), ("ä".into(), false));
        assert_eq!(
            read(b"<?xml version='1.0' encoding='ISO-8859-1'?>\xe4\x80"),
            ("ä€".into(), false)
        );
        assert_eq!(
            read(b"<?xml version=\"1.0\" encoding = \"windows-1251\" ?>\xe4"),
            ("д".into(), false)
        );
        assert_eq!(read(b"\xe4"), ("ä".into(), true));
        assert_eq!(
            read(b"<?xml encoding='utf-8'?>\xe4"),
            ("\u{fffd}".into(), true)
        );
        assert_eq!(read(b"<?xml encoding='utf-16'?>x"), ("x".into(), false));
        assert_eq!(read(b"<?xml encoding='nonsense'?>x"), ("x".into(), false));
        assert_eq!(read(b"\xff\xfe<\0b\0>\0\xe4\0"), ("ä".into(), false));
        assert_eq!(
            read(b"<?xml encoding='utf-8"),
            ("<?xml encoding='utf-8".into(), false)
        );
    }
}
