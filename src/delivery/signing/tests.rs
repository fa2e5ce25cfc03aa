//! Signatures checked with `ring`'s verification. `tests/rundbrief/sending/signing.rs` checks them
//! with other programs.

use data_encoding::BASE64;
use ring::signature::{ED25519, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};

use super::*;
use crate::domain::dkim::Algorithm;

const MAIL: &str = "To: erika@example.net\r\nMessage-ID: <a@example.org>\r\nFrom: Region <news@example.org>\r\n\
     Subject: Neues\r\nDate: Thu, 26 Nov 2026 07:30:00 +0000\r\nList-Unsubscribe: <https://example.org/u>\r\n\
     List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nPrecedence: bulk\r\nMIME-Version: 1.0\r\n\
     Content-Type: text/plain\r\n\r\n.a line with a dot\r\n\r\n";

fn key(selector: &str, domain: &str, algorithm: Algorithm) -> SigningKey {
    let private = private_key(algorithm).expect("a key");
    SigningKey::from_private(selector, domain, algorithm, &private).expect("it fits")
}

fn tag<'a>(field: &'a str, name: &str) -> &'a str {
    let mut tags = field.split([';', ':']);
    let tags = tags.find_map(|tag| tag.trim().strip_prefix(name)?.strip_prefix('='));
    tags.unwrap_or_else(|| panic!("{name} in {field}"))
}

/// The two fields, each unfolded.
fn unfolded(fields: &str) -> Vec<String> {
    let whole = fields.replace("\r\n\t", " ");
    whole.lines().map(str::to_owned).collect()
}

#[test]
fn both_signatures_cover_the_mail() {
    let keys = Algorithm::ALL
        .iter()
        .map(|one| key("s", "example.org", *one));
    let public: Vec<_> = keys
        .map(|key| (key.algorithm(), key.public_key(), key))
        .collect();
    let (rsa, ed) = (public[0].1.clone(), public[1].1.clone());
    let signer = Signer::new(public.into_iter().map(|(_, _, key)| key).rev().collect());
    let fields = signer.fields(MAIL.as_bytes()).expect("signed");
    assert!(
        fields.split("\r\n").all(|line| line.len() <= 76),
        "{fields}"
    );
    let both = unfolded(&fields);
    assert_eq!(both.len(), 2);
    assert_eq!(
        (tag(&both[0], "a"), tag(&both[1], "a")),
        ("rsa-sha256", "ed25519-sha256")
    );
    for field in &both {
        assert_eq!(tag(field, "t"), "1795678200", "the mail's date");
        assert_eq!(tag(field, "c"), "relaxed/relaxed");
        assert!(!field.contains(" l="));
        let h = field
            .split_once(" h=")
            .expect("h")
            .1
            .split_once(';')
            .expect("its end")
            .0;
        let names: Vec<_> = h.split(':').map(str::trim).collect();
        assert_eq!(
            names,
            [
                "From",
                "From",
                "To",
                "Subject",
                "Date",
                "Message-ID",
                "MIME-Version",
                "Content-Type",
                "List-Unsubscribe",
                "List-Unsubscribe-Post"
            ]
        );
        let body_hash = digest(&SHA256, b".a line with a dot\r\n");
        assert_eq!(tag(field, "bh"), BASE64.encode(body_hash.as_ref()));
        // What a verifier reconstructs.
        let (before, signature) = field.split_once(" b=").expect("b");
        let line_of = |name: &str| {
            let mut lines = MAIL.split("\r\n");
            let line = lines.find(|line| line.starts_with(&format!("{name}: ")));
            let value = line
                .expect("it is there")
                .split_once(": ")
                .expect("a field")
                .1;
            format!("{}:{value}\r\n", name.to_lowercase())
        };
        let mut text: String = names[1..].iter().map(|name| line_of(name)).collect();
        text.push_str(&before.replace("DKIM-Signature: ", "dkim-signature:"));
        text.push_str(" b=");
        let signature = BASE64
            .decode(signature.replace(' ', "").as_bytes())
            .expect("base64");
        if tag(field, "a") == "rsa-sha256" {
            let info = BASE64.decode(rsa.as_bytes()).expect("base64");
            assert_eq!(info.len(), 294, "a key of 2048 bits");
            let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &info[24..]);
            public
                .verify(text.as_bytes(), &signature)
                .expect("verifies");
            text.push('x');
            public
                .verify(text.as_bytes(), &signature)
                .expect_err("another text");
        } else {
            let public =
                UnparsedPublicKey::new(&ED25519, BASE64.decode(ed.as_bytes()).expect("base64"));
            let hash = digest(&SHA256, text.as_bytes());
            public.verify(hash.as_ref(), &signature).expect("verifies");
        }
    }
    let again = signer.fields(MAIL.as_bytes()).expect("signed");
    assert_eq!(again, fields, "a repeat is the same mail");
    let whole = signer.signed(MAIL.as_bytes().to_vec()).expect("signed");
    assert_eq!(whole, [fields.as_bytes(), MAIL.as_bytes()].concat());
}

#[test]
fn only_the_nearest_domain_signs() {
    let ed = |selector, domain| key(selector, domain, Algorithm::Ed25519Sha256);
    let signer = Signer::new(vec![
        ed("top", "example.org"),
        ed("below", "news.example.org"),
        ed("else", "other.org"),
    ]);
    let by = |from: &str| {
        let keys = signer.keys_for(from).map(SigningKey::selector);
        keys.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(by("example.org"), "top");
    assert_eq!(by("town.example.org"), "top");
    assert_eq!(by("news.example.org"), "below");
    assert_eq!(by("a.news.example.org"), "below");
    assert_eq!(by("example.net"), "");
    assert_eq!(by(""), "");
    let mail = MAIL.replace("news@example.org", "news@example.net");
    assert_eq!(signer.fields(mail.as_bytes()).expect("none"), "");
    assert_eq!(
        signer.signed(mail.clone().into_bytes()).expect("none"),
        mail.into_bytes()
    );
}

#[test]
fn debug_shows_no_key() {
    let private = private_key(Algorithm::Ed25519Sha256).expect("a key");
    let key = SigningKey::from_private("s", "example.org", Algorithm::Ed25519Sha256, &private);
    let shown = format!("{:?}", Signer::new(vec![key.expect("a key")]));
    assert!(
        shown.contains("example.org") && shown.len() < 200,
        "{shown}"
    );
}
