// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/curl_errors.h"

namespace headgate::http {

namespace {

/// A handshake that broke off by itself is a matter of the network, one that was refused is not;
/// libcurl has one code for both and tells them apart in words only.
bool isBrokenHandshake(std::string_view words)
{
    return words.empty() || words.find("SSL_connect:") != std::string_view::npos ||
           words.find("unexpected eof") != std::string_view::npos ||
           words.find("reset") != std::string_view::npos;
}

} // namespace

bool isTlsRefusal(CURLcode code, std::string_view words)
{
    switch (code) {
    case CURLE_SSL_CONNECT_ERROR:
        return !isBrokenHandshake(words);
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_SSL_ENGINE_SETFAILED:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CLIENTCERT:
        return true;
    default:
        return false;
    }
}

} // namespace headgate::http
