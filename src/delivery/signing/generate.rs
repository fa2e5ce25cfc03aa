//! New keys. The primes of RSA are found by `crypto-primes`; the rest of the key follows from them
//! (RFC 8017 §3.2), and `ring`, which signs with it, checks its consistency.

use crypto_bigint::{BoxedUint, ConcatenatingMul as _, NonZero, Resize as _};
use crypto_primes::hazmat::{SetBits, SmallFactorsSieveFactory};
use crypto_primes::{Flavor, is_prime, sieve_and_find};
use getrandom::SysRng;
use getrandom::rand_core::UnwrapErr;
use zeroize::{Zeroize as _, Zeroizing};

use super::der;
use super::key::{BadSigningKey, SigningKey};
use crate::domain::dkim::Algorithm;

/// RFC 8301 §3.2: at least 1024, should be 2048; longer keys do not fit into one DNS response
/// everywhere.
const RSA_BITS: u32 = 2_048;
const PRIME_BITS: u32 = RSA_BITS / 2;
const PUBLIC_EXPONENT: u64 = 65_537;
/// FIPS 186-5 A.1.3: primes must differ within their first 100 bits.
const APART: u32 = PRIME_BITS - 100;

/// Why no key was generated.
#[derive(Debug, thiserror::Error)]
pub enum NoNewKey {
    /// No randomness.
    #[error("the operating system gave no random bytes: {0}")]
    NoRandomness(getrandom::Error),
    /// The signing library rejects the key.
    #[error(transparent)]
    Refused(#[from] BadSigningKey),
}

/// Generates a private key, in the form that [`SigningKey::from_private`] reads. RSA takes
/// noticeable processor time.
pub fn private_key(algorithm: Algorithm) -> Result<Zeroizing<Vec<u8>>, NoNewKey> {
    let private = match algorithm {
        Algorithm::RsaSha256 => rsa()?,
        Algorithm::Ed25519Sha256 => {
            let mut seed = Zeroizing::new(vec![0; 32]);
            getrandom::fill(&mut seed).map_err(NoNewKey::NoRandomness)?;
            seed
        }
    };
    SigningKey::from_private("new", "example.org", algorithm, &private)?; // fails now rather than when signing
    Ok(private)
}

/// RSAPrivateKey (RFC 8017 A.1.2).
fn rsa() -> Result<Zeroizing<Vec<u8>>, NoNewKey> {
    // Checked once here, where an error can be returned; the generator below can only panic.
    getrandom::fill(&mut [0; 32]).map_err(NoNewKey::NoRandomness)?;
    loop {
        let (one, other) = (prime(), prime());
        let (p, q) = if one > other {
            (one, other)
        } else {
            (other, one)
        };
        if p.wrapping_sub(&q).bits_vartime() <= APART {
            continue; // happens only with a broken source of randomness
        }
        if let Some(key) = rsa_from(p, q) {
            return Ok(key);
        }
    }
}

/// A prime with both highest bits set, so that the product of two has all its bits.
fn prime() -> BoxedUint {
    let mut random = UnwrapErr(SysRng);
    let candidates = SmallFactorsSieveFactory::new(Flavor::Any, PRIME_BITS, SetBits::TwoMsb);
    let candidates = candidates.expect("a prime of this length exists");
    sieve_and_find(&mut random, candidates, |_, candidate: &BoxedUint| {
        is_prime(Flavor::Any, candidate)
    })
    .expect("random numbers of this length can be generated")
    .expect("the candidates never end")
}

/// The key of two primes, `p` the greater; none if the public exponent has no inverse.
fn rsa_from(mut p: BoxedUint, mut q: BoxedUint) -> Option<Zeroizing<Vec<u8>>> {
    let one = BoxedUint::one_with_precision(PRIME_BITS);
    let exponent = BoxedUint::from(PUBLIC_EXPONENT);
    let (mut p_less, mut q_less) = (p.wrapping_sub(&one), q.wrapping_sub(&one));
    let inverse = |of: &BoxedUint, modulus: &BoxedUint| {
        let modulus: NonZero<BoxedUint> = Option::from(modulus.to_nz())?;
        let wide = of.resize(modulus.bits_precision());
        Option::<BoxedUint>::from(wide.invert_mod(&modulus))
    };
    let modulus = p.concatenating_mul(&q);
    // Inverse modulo (p-1)(q-1), so also modulo their least common multiple, as RFC 8017 has it.
    let mut d = inverse(&exponent, &p_less.concatenating_mul(&q_less))?;
    let mut d_p = inverse(&exponent, &p_less)?;
    let mut d_q = inverse(&exponent, &q_less)?;
    let mut q_inverse = inverse(&q, &p)?;
    let numbers = [&modulus, &exponent, &d, &p, &q, &d_p, &d_q, &q_inverse];
    let mut parts = vec![der::integer(&[0])]; // the version: two primes
    for number in numbers {
        parts.push(der::integer(&Zeroizing::new(
            number.to_be_bytes().into_vec(),
        )));
    }
    let borrowed: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    let key = Zeroizing::new(der::sequence(&borrowed));
    parts.iter_mut().for_each(Vec::zeroize);
    for number in [
        &mut d,
        &mut p,
        &mut q,
        &mut d_p,
        &mut d_q,
        &mut q_inverse,
        &mut p_less,
        &mut q_less,
    ] {
        number.zeroize();
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_keys_sign_and_are_never_the_same() {
        for algorithm in Algorithm::ALL {
            let [one, two] = [(), ()].map(|()| private_key(*algorithm).expect("a key"));
            assert_ne!(one, two);
            let read = |private| SigningKey::from_private("a", "b.example", *algorithm, private);
            let (one, two) = (read(&one).expect("a key"), read(&two).expect("a key"));
            assert_ne!(one.public_key(), two.public_key());
        }
    }
}
