//! Tokens are valid for their purpose only.

use proptest::prelude::*;

use super::*;

fn keyring(seed: u8) -> Keyring {
    Keyring::parse::<&str>(&key_text(1, seed), &[]).expect("a key made here")
}

fn key_text(id: u8, seed: u8) -> String {
    let mut entropy = [seed; 32];
    entropy[0] = !seed;
    Keyring::key_text(id, entropy)
}

const KEY: DeliveryKey = DeliveryKey {
    issue: 14,
    subscriber: 4_711,
};

fn is_url_safe(token: &str) -> bool {
    token
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

#[test]
fn lengths_match_what_templates_expect() {
    let keys = keyring(7);
    assert_eq!(TOKEN_LEN, 46);
    assert_eq!(FORM_TOKEN_LEN, 35);
    assert_eq!(keys.issue_token(Purpose::Unsubscribe, KEY).len(), TOKEN_LEN);
    assert_eq!(
        keys.form_token(Timestamp::from_micros(0)).len(),
        FORM_TOKEN_LEN
    );
    assert_eq!(keys.message_id(KEY).len(), MESSAGE_ID_LEN);
}

/// Links in mails that were sent years ago must still work: these texts never change. (They agree
/// with HKDF and HMAC as Python's standard library computes them.)
#[test]
fn the_layout_never_changes() {
    let keys = keyring(7);
    insta::assert_snapshot!(
        format!(
            "unsubscribe {}\npreferences {}\nmessage id  {}\naddress     {}\nform        {}\nkey         {:?}",
            keys.issue_token(Purpose::Unsubscribe, KEY),
            keys.issue_token(Purpose::Preferences, KEY),
            keys.message_id(KEY),
            keys.address_hash(&Address::parse("Erika@Example.org").expect("an address")),
            keys.form_token(Timestamp::from_micros(1_800_000_000_000_000)),
            keys.fingerprints(),
        ),
        @r#"
    unsubscribe AQEAAAAAAAAADgAAAAAAABJnG7-wGfvZxSMn35jrLFimYw
    preferences AQEAAAAAAAAADgAAAAAAABJnD3ekDRR_bfuAd7NUdozN_g
    message id  tuu47scf3ceeuqie4yuhdzdcfa
    address     fe4c6bba08bf1cd633bfbacfb3064947b0c51cd527328da79b5e869d59dea5bc
    form        AQEABmUXKJiAAG6XYNapnt9A20fm4zYxfaU
    key         [(1, "8614fa5d00e6d4ca")]
    "#
    );
}

#[test]
fn a_token_opens_for_its_purpose_only() {
    let keys = keyring(7);
    let leave = keys.issue_token(Purpose::Unsubscribe, KEY);
    assert_eq!(keys.open(Purpose::Unsubscribe, &leave), Ok(KEY));
    assert_eq!(
        keys.open(Purpose::Preferences, &leave),
        Err(BadToken::WrongMac)
    );
    let change = keys.issue_token(Purpose::Preferences, KEY);
    assert_eq!(keys.open(Purpose::Preferences, &change), Ok(KEY));
    assert_eq!(
        keys.open(Purpose::Unsubscribe, &change),
        Err(BadToken::WrongMac)
    );
}

#[test]
fn a_token_of_another_installation_is_refused() {
    let token = keyring(8).issue_token(Purpose::Unsubscribe, KEY);
    assert_eq!(
        keyring(7).open(Purpose::Unsubscribe, &token),
        Err(BadToken::WrongMac)
    );
}

#[test]
fn every_kind_of_damage_has_its_error() {
    let keys = keyring(7);
    let open = |bytes: &[u8]| keys.open(Purpose::Unsubscribe, &BASE64URL_NOPAD.encode(bytes));
    let token = keys.issue_token(Purpose::Unsubscribe, KEY);
    let bytes = BASE64URL_NOPAD.decode(token.as_bytes()).expect("base64");
    let changed = |place: usize, value: u8| {
        let mut copy = bytes.clone();
        copy[place] = value;
        copy
    };
    assert_eq!(open(&bytes), Ok(KEY));
    assert_eq!(open(&changed(0, 2)), Err(BadToken::UnknownVersion));
    assert_eq!(open(&changed(1, 9)), Err(BadToken::UnknownKey));
    assert_eq!(open(&changed(9, 15)), Err(BadToken::WrongMac));
    assert_eq!(open(&changed(33, !bytes[33])), Err(BadToken::WrongMac));
    for text in [
        "",
        "x",
        &token[1..],
        &format!("{token}A"),
        &token.replace(&token[..1], "."),
        &token.replace(&token[..2], "ü"),
    ] {
        assert_eq!(
            keys.open(Purpose::Unsubscribe, text),
            Err(BadToken::Malformed),
            "{text}"
        );
    }
}

#[test]
fn links_survive_key_rotation() {
    let before = keyring(7);
    let after = Keyring::parse(&key_text(2, 8), &[key_text(1, 7)]).expect("two keys");
    let erika = Address::parse("erika@example.org").expect("an address");
    for purpose in [Purpose::Unsubscribe, Purpose::Preferences] {
        assert_eq!(
            after.open(purpose, &before.issue_token(purpose, KEY)),
            Ok(KEY)
        );
        let new = after.issue_token(purpose, KEY);
        assert_eq!(after.open(purpose, &new), Ok(KEY));
        assert_eq!(before.open(purpose, &new), Err(BadToken::UnknownKey));
    }
    let stamp = Timestamp::from_micros(1_800_000_000_000_000);
    assert_eq!(after.open_form_token(&before.form_token(stamp)), Ok(stamp));
    assert_eq!(
        after.message_id(KEY),
        before.message_id(KEY),
        "a repeat keeps its Message-ID"
    );
    assert_ne!(after.address_hash(&erika), before.address_hash(&erika));
    assert_eq!(
        after.address_hashes(&erika),
        [after.address_hash(&erika), before.address_hash(&erika)]
    );
    assert_eq!(after.fingerprints()[1], before.fingerprints()[0]);
}

#[test]
fn the_address_hash_ignores_spelling() {
    let keys = keyring(7);
    let hash = |text| keys.address_hash(&Address::parse(text).expect("an address"));
    assert_eq!(
        hash("Erika@Bürger.example"),
        hash("erika@xn--brger-kva.example")
    );
    assert_ne!(hash("erika@example.org"), hash("erik@example.org"));
    assert_ne!(
        hash("erika@example.org"),
        keyring(8).address_hash(&Address::parse("erika@example.org").expect("an address"))
    );
    assert_eq!(hash("erika@example.org").len(), 64);
}

#[test]
fn keys_are_refused_with_the_reason() {
    let good = key_text(5, 7);
    let current = Place::Current;
    let cases: &[(&str, &[&str], BadKey)] = &[
        ("", &[], BadKey::Form { place: current }),
        ("secret", &[], BadKey::Form { place: current }),
        ("256:AAAA", &[], BadKey::Form { place: current }),
        ("-1:AAAA", &[], BadKey::Form { place: current }),
        ("1:not base64!", &[], BadKey::NotBase64 { place: current }),
        ("1:c2hvcnQ=", &[], BadKey::Weak { place: current }),
        (
            "1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            &[],
            BadKey::Weak { place: current },
        ),
        (
            &format!("1:{}", "ab".repeat(900)),
            &[],
            BadKey::TooLong { place: current },
        ),
        (
            &format!("1:{}", "ab".repeat(9_000)),
            &[],
            BadKey::TooLong { place: current },
        ),
        (
            &good,
            &["1:x"],
            BadKey::NotBase64 {
                place: Place::Old(1),
            },
        ),
        (&good, &[&key_text(5, 9)], BadKey::DoubleId { id: 5 }),
        (
            &good,
            &[&key_text(255, 9)],
            BadKey::NotNewest {
                current: 5,
                old: 255,
            },
        ),
    ];
    for (current, old, expected) in cases {
        let found = Keyring::parse(current, old).expect_err(current);
        assert_eq!(found, *expected);
        assert!(!found.to_string().contains("c2hvcnQ"));
    }
    insta::assert_snapshot!(BadKey::NotNewest { current: 5, old: 255 }, @"the old key 255 has a higher id than the current key 5; ids must increase, so give the current key an id above all old ones");
    insta::assert_snapshot!(BadKey::Form { place: Place::Old(2) }, @"a key is written as an id from 0 to 255, a colon, and base64, such as `1:` followed by what `openssl rand -base64 32` prints; the old key no. 2 has another form");
}

#[test]
fn a_key_is_read_in_either_base64() {
    let entropy: [u8; 32] =
        std::array::from_fn(|place| 251_u8.wrapping_mul(u8::try_from(place).expect("below 32")));
    let text = Keyring::generate(entropy);
    assert!(
        text.starts_with("1:") && text.contains(['+', '/']) && text.ends_with('='),
        "{text}"
    );
    let usual = Keyring::parse::<&str>(&text, &[]).expect("a key");
    let other = text.replace('+', "-").replace('/', "_").replace('=', "") + "\n";
    let other = Keyring::parse::<&str>(&other, &[]).expect("a key");
    assert_eq!(usual.fingerprints(), other.fingerprints());
}

#[test]
fn nothing_secret_is_printed() {
    let keys = keyring(7);
    let secret = key_text(1, 7);
    let printed = format!(
        "{keys:?} {:?} {:?}",
        keys.signer(Purpose::Unsubscribe),
        ConfirmToken::from_entropy([7; 32])
    );
    assert!(
        !printed.contains(&secret[2..20]) && !printed.contains("BwcH"),
        "{printed}"
    );
    assert!(printed.contains("ConfirmToken(…)"));
}

#[test]
fn confirm_tokens_are_identified_by_their_hash() {
    let token = ConfirmToken::from_entropy([7; 32]);
    let link = token.reveal();
    assert_eq!(link.len(), 43);
    assert!(is_url_safe(&link));
    assert_eq!(
        ConfirmToken::parse(&link).expect("the same token").hash(),
        token.hash()
    );
    assert_eq!(token.hash().len(), 64);
    assert_ne!(token.hash(), ConfirmToken::from_entropy([8; 32]).hash());
    // “BwcH…cHBwc”: the last letter has two unused bits, which must be zero.
    let loose = format!("{}d", &link[..42]);
    for text in [
        "",
        &link[1..],
        &format!("{link}="),
        &format!("{link}A"),
        &loose,
        &link.replace('B', "+"),
    ] {
        assert_eq!(
            ConfirmToken::parse(text).err(),
            Some(BadConfirmToken),
            "{text}"
        );
    }
}

proptest! {
    #[test]
    fn tokens_round_trip(issue: i64, subscriber: i64, seed in 1_u8..=255) {
        let keys = keyring(seed);
        let key = DeliveryKey { issue, subscriber };
        for purpose in [Purpose::Unsubscribe, Purpose::Preferences] {
            let token = keys.issue_token(purpose, key);
            prop_assert!(token.len() == TOKEN_LEN && is_url_safe(&token), "{}", token);
            prop_assert_eq!(keys.open(purpose, &token), Ok(key));
            let mut written = [0; TOKEN_LEN];
            keys.signer(purpose).write(key, &mut written);
            prop_assert_eq!(token.as_bytes(), &written);
        }
        let id = keys.message_id(key);
        prop_assert!(id.len() == MESSAGE_ID_LEN && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
    }

    #[test]
    fn any_flipped_bit_is_detected(issue: i64, subscriber: i64, bit in 0..DELIVERY_BYTES * 8) {
        let keys = keyring(7);
        let token = keys.issue_token(Purpose::Unsubscribe, DeliveryKey { issue, subscriber });
        let mut bytes = BASE64URL_NOPAD.decode(token.as_bytes()).expect("base64");
        bytes[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(keys.open(Purpose::Unsubscribe, &BASE64URL_NOPAD.encode(&bytes)).is_err());
    }

    #[test]
    fn any_changed_letter_is_detected(place in 0..TOKEN_LEN, letter in "[A-Za-z0-9_=.-]") {
        let keys = keyring(7);
        let token = keys.issue_token(Purpose::Preferences, KEY);
        let mut changed = token.clone();
        changed.replace_range(place..=place, &letter);
        prop_assert_eq!(keys.open(Purpose::Preferences, &changed).is_ok(), changed == token);
    }

    #[test]
    fn the_last_letter_has_one_spelling(issue: i64, subscriber: i64) {
        let keys = keyring(7);
        let token = keys.issue_token(Purpose::Unsubscribe, DeliveryKey { issue, subscriber });
        for letter in ('A'..='Z').chain('a'..='z').chain('0'..='9').chain(['-', '_']) {
            let changed = format!("{}{letter}", &token[..TOKEN_LEN - 1]);
            prop_assert_eq!(keys.open(Purpose::Unsubscribe, &changed).is_ok(), changed == token);
        }
    }

    #[test]
    fn a_truncated_or_longer_token_is_malformed(keep in 0..TOKEN_LEN, more in "[A-Za-z0-9_-]{1,60}") {
        let keys = keyring(7);
        let token = keys.issue_token(Purpose::Unsubscribe, KEY);
        prop_assert_eq!(keys.open(Purpose::Unsubscribe, &token[..keep]), Err(BadToken::Malformed));
        prop_assert_eq!(keys.open(Purpose::Unsubscribe, &format!("{token}{more}")), Err(BadToken::Malformed));
        prop_assert_eq!(keys.open_form_token(&token), Err(BadToken::Malformed));
    }

    #[test]
    fn arbitrary_texts_are_rejected(text in "\\PC{0,60}", shaped in "AQ[A-Za-z0-9_-]{44}") {
        let keys = keyring(7);
        prop_assert!(keys.open(Purpose::Unsubscribe, &text).is_err());
        prop_assert!(keys.open(Purpose::Unsubscribe, &shaped).is_err());
        prop_assert!(keys.open_form_token(&text).is_err());
    }

    #[test]
    fn form_tokens_round_trip(micros in 0_i64..4_000_000_000_000_000) {
        let keys = keyring(7);
        let made_at = Timestamp::from_micros(micros);
        let token = keys.form_token(made_at);
        prop_assert!(token.len() == FORM_TOKEN_LEN && is_url_safe(&token));
        prop_assert_eq!(keys.open_form_token(&token), Ok(made_at));
        prop_assert!(keyring(8).open_form_token(&token).is_err());
    }
}
