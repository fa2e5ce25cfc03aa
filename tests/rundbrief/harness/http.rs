//! A plain HTTP/1.1 client: one request, one connection. Plain on purpose, so that a story can also
//! send what no proper client would.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What the server answered.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    /// Names in lower case, in the order they came.
    pub headers: Vec<(String, String)>,
    pub body: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

impl Reply {
    /// The first header of this name (in lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Fetches a page. `headers` are whole lines without the line end, such as `Accept-Language: fr`.
pub async fn get(server: SocketAddr, path: &str, headers: &[&str]) -> Reply {
    exchange(server, &request("GET", server, path, headers, "")).await
}

/// Posts a body as `application/x-www-form-urlencoded`; see [`form`]. A `Content-Type` among the
/// headers replaces that.
pub async fn post(server: SocketAddr, path: &str, headers: &[&str], body: &str) -> Reply {
    let mut lines = headers.to_vec();
    let typed = |line: &&str| line.to_ascii_lowercase().starts_with("content-type:");
    if !lines.iter().any(typed) {
        lines.push("Content-Type: application/x-www-form-urlencoded");
    }
    let length = format!("Content-Length: {}", body.len());
    lines.push(&length);
    exchange(server, &request("POST", server, path, &lines, body)).await
}

/// Fields as a browser encodes them.
pub fn form<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

fn request(method: &str, server: SocketAddr, path: &str, headers: &[&str], body: &str) -> Vec<u8> {
    let mut lines = vec![
        format!("{method} {path} HTTP/1.1"),
        format!("Host: {server}"),
        "Connection: close".to_owned(),
    ];
    lines.extend(headers.iter().map(|&line| line.to_owned()));
    format!("{}\r\n\r\n{body}", lines.join("\r\n")).into_bytes()
}

/// Sends these bytes and reads the whole answer; the server has 30 seconds.
pub async fn exchange(server: SocketAddr, request: &[u8]) -> Reply {
    let all = async {
        let mut stream = TcpStream::connect(server)
            .await
            .expect("the server listens");
        // A server that refuses early closes before it has read everything: its answer counts.
        let _ = stream.write_all(request).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        answer
    };
    let answer = tokio::time::timeout(Duration::from_secs(30), all)
        .await
        .expect("the server answers within 30 seconds");
    parse(&answer)
}

fn parse(answer: &[u8]) -> Reply {
    let end = answer
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .expect("an answer has a head");
    let head = std::str::from_utf8(&answer[..end]).expect("headers are ASCII");
    let mut lines = head.split("\r\n");
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .and_then(|code| code.parse().ok())
        .expect("an answer begins with its status");
    let headers: Vec<_> = lines
        .map(|line| {
            let (name, value) = line.split_once(':').expect("a header has a colon");
            (name.to_ascii_lowercase(), value.trim().to_owned())
        })
        .collect();
    let chunked = headers
        .iter()
        .any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    let raw = &answer[end + 4..];
    let body = if chunked { joined(raw) } else { raw.to_vec() };
    Reply {
        status,
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
        bytes: body,
    }
}

/// Puts the chunks of RFC 9112, section 7.1, back together.
fn joined(mut chunks: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let line = chunks
            .windows(2)
            .position(|window| window == b"\r\n")
            .expect("a chunk begins with its size");
        let size = std::str::from_utf8(&chunks[..line]).expect("a size is ASCII");
        let size = usize::from_str_radix(size.trim(), 16).expect("a size is hexadecimal");
        if size == 0 {
            return body;
        }
        let begin = line + 2;
        body.extend_from_slice(&chunks[begin..begin + size]);
        chunks = &chunks[begin + size + 2..];
    }
}
