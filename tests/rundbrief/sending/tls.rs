//! Relays that require TLS or authentication: with `mail test`, which says what to do about errors.

use std::path::Path;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};

use crate::harness::{Ended, Installation, SmtpSink};
use crate::web::key_text;

/// An organisation with its own certificate authority, in its own folder.
struct Authority {
    folder: tempfile::TempDir,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(Vec::new()).expect("parameters");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let certificate = params.self_signed(&key).expect("a certificate");
        std::fs::write(folder.path().join("ca.pem"), certificate.pem()).expect("written");
        Self {
            folder,
            issuer: Issuer::new(params, key),
        }
    }

    fn file(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// A certificate for one name, valid in these years; returns the options for the server.
    fn certificate(&self, name: &str, years: (i32, i32)) -> Vec<String> {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(vec![name.to_owned()]).expect("parameters");
        params.not_before = rcgen::date_time_ymd(years.0, 1, 1);
        params.not_after = rcgen::date_time_ymd(years.1, 1, 1);
        let certificate = params.signed_by(&key, &self.issuer).expect("signed");
        let (chain, secret) = (self.file("server.pem"), self.file("server.key"));
        std::fs::write(&chain, certificate.pem()).expect("written");
        std::fs::write(&secret, key.serialize_pem()).expect("written");
        vec![
            "--certificate".to_owned(),
            chain,
            "--key".to_owned(),
            secret,
        ]
    }

    fn server(&self, name: &str, years: (i32, i32), further: &[&str]) -> SmtpSink {
        let mut options = self.certificate(name, years);
        options.extend(further.iter().map(|&option| option.to_owned()));
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        SmtpSink::with_options(&[], &options)
    }
}

const NOW: (i32, i32) = (2020, 2090);

/// `mail test` over this relay.
fn test(url: &str, settings: &[(&str, &str)]) -> Ended {
    let mut installation = Installation::without_database()
        .with("security.key", key_text(1))
        .with("organisation.name", "Region Maas")
        .with("relay.url", url)
        .with("relay.connect_timeout", "3 seconds")
        .with("relay.command_timeout", "3 seconds");
    for (key, value) in settings {
        installation = installation.with(key, value);
    }
    installation.run(["mail", "test", "probe@leser.example"])
}

/// The refusal, which never names the reader or the password.
#[track_caller]
fn refused(url: &str, settings: &[(&str, &str)]) -> String {
    let said = test(url, settings).refusal();
    assert!(
        !said.contains("probe@") && !said.contains("s3cret"),
        "{said}"
    );
    said
}

#[test]
fn starttls_and_implicit_tls_with_a_private_ca() {
    let authority = Authority::new();
    let ca = [("relay.ca_file", authority.file("ca.pem"))];
    let ca: Vec<_> = ca
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect();
    for (scheme, way) in [("smtp+starttls", "starttls"), ("smtps", "implicit")] {
        let sink = authority.server("localhost", NOW, &["--tls", way]);
        let url = format!("{scheme}://localhost:{}", sink.port());
        test(&url, &ca).success();
        assert_eq!(sink.received().len(), 1, "{scheme}");
        let unknown = refused(&url, &[]);
        assert!(
            unknown.contains("not signed by an authority this machine trusts")
                && unknown.contains("relay.ca_file"),
            "{unknown}"
        );
        let by_number = refused(&url.replace("localhost", "127.0.0.1"), &ca);
        assert!(
            by_number.contains("is not for the host name in relay.url"),
            "{by_number}"
        );
        assert_eq!(sink.received().len(), 1, "nothing was sent without trust");
    }
}

#[test]
fn certificate_errors_are_distinguished() {
    let authority = Authority::new();
    let ca = authority.file("ca.pem");
    let settings = [("relay.ca_file", ca.as_str())];
    for years in [(2001, 2002), (2088, 2090)] {
        let sink = authority.server("localhost", years, &[]);
        let said = refused(
            &format!("smtp+starttls://localhost:{}", sink.port()),
            &settings,
        );
        assert!(
            said.contains("not valid at this time") && said.contains("check the clock"),
            "{said}"
        );
    }
    let sink = authority.server("localhost", NOW, &[]);
    // The port speaks plain SMTP first: smtps:// is wrong for it.
    let said = refused(&format!("smtps://localhost:{}", sink.port()), &settings);
    assert!(said.contains("smtp+starttls://"), "{said}");
    // Without STARTTLS nothing is sent unencrypted.
    let plain = SmtpSink::start();
    let said = refused(
        &format!("smtp+starttls://localhost:{}", plain.port()),
        &settings,
    );
    assert!(said.contains("does not support STARTTLS"), "{said}");
    assert_eq!(plain.received().len(), 0);
    let nonsense = authority.file("server.key");
    let said = refused(
        &format!("smtps://localhost:{}", sink.port()),
        &[("relay.ca_file", &nonsense)],
    );
    assert!(
        said.contains("contains no readable certificate") && said.contains("BEGIN CERTIFICATE"),
        "{said}"
    );
}

#[test]
fn authentication_is_used_and_its_refusal_explained() {
    let authority = Authority::new();
    let ca = authority.file("ca.pem");
    let password = authority.folder.path().join("password");
    write(&password, "s3cret\n");
    let file = password.display().to_string();
    for mechanisms in ["PLAIN", "LOGIN", "PLAIN,LOGIN"] {
        let sink = authority.server(
            "localhost",
            NOW,
            &["--login", "town:s3cret", "--mechanisms", mechanisms],
        );
        let url = format!("smtp+starttls://town@localhost:{}", sink.port());
        let settings = [
            ("relay.ca_file", ca.as_str()),
            ("relay.password_file", &file),
        ];
        test(&url, &settings).success();
        assert_eq!(sink.received().len(), 1, "{mechanisms}");
        let said = refused(
            &url,
            &[("relay.ca_file", &ca), ("relay.password", "s3cret2")],
        );
        assert!(
            said.contains("refused or requires authentication")
                && said.contains("relay.password_file"),
            "{said}"
        );
        let without = format!("smtp+starttls://localhost:{}", sink.port());
        let said = refused(&without, &[("relay.ca_file", &ca)]);
        assert!(said.contains("requires authentication"), "{said}");
        assert_eq!(sink.received().len(), 1);
    }
    let open = authority.server("localhost", NOW, &[]);
    let said = refused(
        &format!("smtp+starttls://town@localhost:{}", open.port()),
        &[("relay.ca_file", &ca), ("relay.password", "s3cret")],
    );
    assert!(said.contains("supports neither AUTH PLAIN"), "{said}");
}

fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("written");
}
