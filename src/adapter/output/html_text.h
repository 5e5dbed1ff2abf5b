#pragma once

#include <string>
#include <string_view>

namespace migrate::output {

/// One line of text in which nothing is markup, for an element or an attribute in quotes; of
/// XML too. What is not safe to print is shown escaped, since XML has no character for it:
/// https://www.w3.org/TR/xml/#charsets
std::string html(std::string_view text);

/// SQL over several lines, for a <pre>: parts in <span class="k">, "n", "s", "d", "c". Passwords
/// are hidden.
std::string html_sql(std::string_view sql);

}  // namespace migrate::output
