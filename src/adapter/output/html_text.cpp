#include "html_text.h"

#include <fmt/format.h>

#include "core/highlight.h"
#include "secrets.h"
#include "text.h"

namespace migrate::output {
namespace {

/// https://html.spec.whatwg.org/#escapingString, and the single quote.
std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

const char* class_of(core::SqlPart part) {
  switch (part) {
    case core::SqlPart::keyword:
      return "k";
    case core::SqlPart::name:
      return "n";
    case core::SqlPart::string:
      return "s";
    case core::SqlPart::number:
      return "d";
    case core::SqlPart::comment:
      return "c";
    case core::SqlPart::plain:
      break;
  }
  return nullptr;
}

}  // namespace

std::string html(std::string_view text) {
  return escaped(one_line(text));
}

std::string html_sql(std::string_view sql) {
  std::string text;
  for (const std::string& line : safe_lines(without_passwords(sql)))
    text += (text.empty() ? "" : "\n") + line;
  std::string out;
  for (const core::SqlSpan& span : core::highlight(text)) {
    const std::string part =
        escaped(std::string_view(text).substr(span.begin, span.end - span.begin));
    const char* name = class_of(span.part);
    out += name == nullptr ? part : fmt::format("<span class=\"{}\">{}</span>", name, part);
  }
  return out;
}

}  // namespace migrate::output
