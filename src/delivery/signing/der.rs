//! The part of DER (X.690) that RSA keys need: writing integers and sequences.

/// An INTEGER that is not negative, from big-endian bytes.
pub(super) fn integer(bytes: &[u8]) -> Vec<u8> {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let digits = &bytes[zeros..];
    let mut content = Vec::with_capacity(digits.len() + 1);
    // A set highest bit would mean a negative number; zero is one zero byte.
    if digits.first().is_none_or(|first| *first >= 0x80) {
        content.push(0);
    }
    content.extend_from_slice(digits);
    tagged(0x02, &content)
}

/// A SEQUENCE of encoded values.
pub(super) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    tagged(0x30, &parts.concat())
}

/// RSAPublicKey (RFC 8017 A.1.1) as SubjectPublicKeyInfo (RFC 5280 §4.1.2.7): the form that
/// verifiers expect in DNS records.
pub(super) fn rsa_public_key_info(rsa_public_key: &[u8]) -> Vec<u8> {
    // rsaEncryption (1.2.840.113549.1.1.1), and NULL for its parameters
    const ALGORITHM: [u8; 13] = [
        0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
    ];
    // A BIT STRING begins with the count of unused bits in its last byte.
    let bits = tagged(0x03, &[&[0], rsa_public_key].concat());
    sequence(&[&sequence(&[&ALGORITHM]), &bits])
}

fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = content.len().to_be_bytes();
    let digits = &length[length.iter().take_while(|byte| **byte == 0).count()..];
    match content.len() {
        0 => out.push(0),
        1..0x80 => out.extend_from_slice(digits),
        _ => {
            out.push(0x80 | u8::try_from(digits.len()).unwrap_or(u8::MAX)); // at most 8
            out.extend_from_slice(digits);
        }
    }
    out.extend_from_slice(content);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_minimal_and_never_negative() {
        assert_eq!(integer(&[0]), [2, 1, 0]);
        assert_eq!(integer(&[]), [2, 1, 0]);
        assert_eq!(integer(&[0, 0, 1]), [2, 1, 1]);
        assert_eq!(integer(&[0x7f]), [2, 1, 0x7f]);
        assert_eq!(integer(&[0x80]), [2, 2, 0, 0x80]);
        assert_eq!(integer(&[1, 0, 1]), [2, 3, 1, 0, 1]);
    }

    #[test]
    fn lengths_use_the_long_form_when_needed() {
        assert_eq!(sequence(&[])[..], [0x30, 0]);
        assert_eq!(sequence(&[&[1; 127]])[..2], [0x30, 0x7f]);
        assert_eq!(sequence(&[&[1; 128]])[..3], [0x30, 0x81, 0x80]);
        assert_eq!(sequence(&[&[1; 300]])[..4], [0x30, 0x82, 1, 0x2c]);
    }
}
