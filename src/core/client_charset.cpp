#include "client_charset.h"

#include "ascii.h"

namespace migrate::core {
namespace {

bool within(unsigned char byte, unsigned char first, unsigned char last) {
  return byte >= first && byte <= last;
}

}  // namespace

ClientCharset client_charset_named(std::string_view name) {
  if (equals_keyword(name, "GBK") || equals_keyword(name, "GB18030")) return ClientCharset::gbk;
  if (equals_keyword(name, "SJIS") || equals_keyword(name, "CP932")) return ClientCharset::sjis;
  if (equals_keyword(name, "BIG5")) return ClientCharset::big5;
  return ClientCharset::plain;
}

bool is_lead_byte(ClientCharset charset, char byte) {
  const auto b = static_cast<unsigned char>(byte);
  switch (charset) {
    case ClientCharset::plain:
      return false;
    case ClientCharset::gbk:
      return within(b, 0x81, 0xFE);
    case ClientCharset::sjis:
      return within(b, 0x81, 0x9F) || within(b, 0xE0, 0xFC);
    case ClientCharset::big5:
      return within(b, 0xA1, 0xF9);
  }
  return false;
}

bool is_trail_byte(ClientCharset charset, char byte) {
  const auto b = static_cast<unsigned char>(byte);
  switch (charset) {
    case ClientCharset::plain:
      return false;
    case ClientCharset::gbk:
      return within(b, 0x40, 0x7E) || within(b, 0x80, 0xFE);
    case ClientCharset::sjis:
      return within(b, 0x40, 0x7E) || within(b, 0x80, 0xFC);
    case ClientCharset::big5:
      return within(b, 0x40, 0x7E) || within(b, 0xA1, 0xFE);
  }
  return false;
}

}  // namespace migrate::core
