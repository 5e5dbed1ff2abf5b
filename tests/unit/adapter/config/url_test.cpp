#include "adapter/config/url.h"

#include "fixture.h"

namespace migrate::config {
namespace {

using Parts = std::map<Setting, std::string>;
const Origin flag{Level::flag, "--url", 0, 0};

TEST(Url, HoldsEveryPart) {
  const ServerUrl url = parse_url(
      "mysql://app:pa%3Ass@db.example:3307/shop?ssl-mode=VERIFY_CA&ssl_ca=/"
      "ca.pem&connect-timeout=7",
      flag);
  EXPECT_EQ(url.parts, (Parts{{Setting::host, "db.example"},
                              {Setting::port, "3307"},
                              {Setting::user, "app"},
                              {Setting::schema, "shop"},
                              {Setting::tls_mode, "verify_ca"},
                              {Setting::tls_ca, "/ca.pem"},
                              {Setting::connect_timeout, "7"}}));
  EXPECT_EQ(url.password, "pa:ss");
}

TEST(Url, SaysNothingOfWhatItLeavesOut) {
  const ServerUrl url = parse_url("mysql://db", flag);
  EXPECT_EQ(url.parts, (Parts{{Setting::host, "db"}}));
  EXPECT_EQ(url.password, std::nullopt);
  EXPECT_EQ(parse_url("mysql://u:@db/", flag).password, std::nullopt);
}

TEST(Url, DecodesPercentSignsEverywhere) {
  const ServerUrl url = parse_url("mysql://a%40b@h%2d1/s%2Fx?socket=%2frun%2fmy%20sql.sock", flag);
  EXPECT_EQ(url.parts, (Parts{{Setting::user, "a@b"},
                              {Setting::host, "h-1"},
                              {Setting::schema, "s/x"},
                              {Setting::socket, "/run/my sql.sock"}}));
}

TEST(Url, TakesThePasswordUpToTheLastAt) {
  const ServerUrl url = parse_url("mysql://u:p@s:w@h/s", flag);
  EXPECT_EQ(url.password, "p@s:w");
  EXPECT_EQ(url.parts.at(Setting::host), "h");
}

TEST(Url, TakesAnIpv6AddressFromBrackets) {
  const ServerUrl url = parse_url("mysql://u@[fe80::1%25eth0]:3308/s", flag);
  EXPECT_EQ(url.parts.at(Setting::host), "fe80::1%eth0");
  EXPECT_EQ(url.parts.at(Setting::port), "3308");
  EXPECT_EQ(parse_url("mysql://[::1]/s", flag).parts.at(Setting::host), "::1");
}

TEST(Url, NeedsNoHostBesideASocket) {
  EXPECT_EQ(parse_url("mysql://u@/s?socket=/s.sock", flag).parts,
            (Parts{{Setting::user, "u"}, {Setting::schema, "s"}, {Setting::socket, "/s.sock"}}));
}

struct BadUrl {
  const char* url;
  const char* message;
};

class BadUrls : public testing::TestWithParam<BadUrl> {};

TEST_P(BadUrls, AreRefusedWithoutTheirText) {
  const core::Fault fault = fault_of([&] { parse_url(GetParam().url, flag); });
  EXPECT_EQ(fault.what(), std::string("--url: ") + GetParam().message);
  EXPECT_EQ(fault.code(), core::ExitCode::usage);
  EXPECT_EQ((fault.what() + fault.hint()).find("s3cret"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Url, BadUrls,
    testing::Values(
        BadUrl{"postgres://u:s3cret@h/s", "the URL does not begin with mysql://"},
        BadUrl{"u:s3cret@h/s", "the URL does not begin with mysql://"},
        BadUrl{"mysql://u:s3cret@h:abc/s", "the URL's port is not a number from 1 to 65535"},
        BadUrl{"mysql://u:s3cret@h:65536/s", "the URL's port is not a number from 1 to 65535"},
        BadUrl{"mysql://u:s3cret@h:0/s", "the URL's port is not a number from 1 to 65535"},
        BadUrl{"mysql://u:s3cret@h:/s", "the URL's port is not a number from 1 to 65535"},
        BadUrl{"mysql://u:s3cret/s", "the URL's port is not a number from 1 to 65535"},
        BadUrl{"mysql://u:s3cret@:3306/s", "the URL has a port but no host"},
        BadUrl{"mysql://:s3cret@h/s", "the URL has an '@' but no user in front of it"},
        BadUrl{"mysql://u:s3cret@fe80::1/s",
               "the URL's host holds more than one ':'; an IPv6 address stands in brackets"},
        BadUrl{"mysql://u:s3cret@[::1/s", "the URL's '[' has no ']'"},
        BadUrl{"mysql://u:s3cret@[s3cret]/s", "the URL has no IPv6 address between '[' and ']'"},
        BadUrl{"mysql://u:s3cret@[::1]3306/s", "the URL has neither ':' nor '/' behind ']'"},
        BadUrl{"mysql://u:a/s3cret@h/s",
               "the URL holds an '@' behind a '/' or '?'; in user, password and values write '/' "
               "as %2F, '?' as "
               "%3F and '@' as %40"},
        BadUrl{"mysql://u:a?s3cret@h/s",
               "the URL holds an '@' behind a '/' or '?'; in user, password and values write '/' "
               "as %2F, '?' as "
               "%3F and '@' as %40"},
        BadUrl{"mysql://u:a#s3cret@h/s", "the URL holds a '#'; write it as %23"},
        BadUrl{"mysql://u:s3cret%4@h/s",
               "a '%' in the URL's password is not followed by two hexadecimal digits of a byte "
               "other than 00; "
               "write '%' itself as %25"},
        BadUrl{"mysql://u:s3cret@h/s%zz",
               "a '%' in the URL's schema is not followed by two hexadecimal digits of a byte "
               "other than 00; "
               "write '%' itself as %25"},
        BadUrl{"mysql://u%00:s3cret@h/s",
               "a '%' in the URL's user is not followed by two hexadecimal digits of a byte other "
               "than 00; "
               "write '%' itself as %25"},
        BadUrl{"mysql://u:s3cret@h/s/t", "the URL's schema holds a '/'; write it as %2F"},
        BadUrl{"mysql://u:s3cret@h/s?ssl-mod=required",
               "the URL has an unknown parameter; did you mean 'ssl-mode'?"},
        BadUrl{
            "mysql://u@h/s?password=s3cret",
            "the URL has an unknown parameter; known: socket, ssl-mode, ssl-ca, ssl-cert, ssl-key, "
            "connect-timeout"},
        BadUrl{"mysql://u:s3cret@h/s?ssl-mode=on",
               "the URL's tls.mode is not one of disabled, preferred, required, verify_ca, "
               "verify_identity"},
        BadUrl{"mysql://u:s3cret@h/s?ssl-mode", "the URL's ssl-mode has no value"},
        BadUrl{"mysql://u:s3cret@h/s?connect-timeout=0",
               "the URL's connect_timeout is not whole seconds, from 1 to 31536000"},
        BadUrl{"mysql://u:s3cret@h/s?ssl-mode=required&ssl_mode=disabled",
               "the URL has ssl-mode twice"}));

}  // namespace
}  // namespace migrate::config
