#include "sent_again.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <variant>

namespace migrate::app {
namespace {

/// Run twice it may do something else, though all else of it was rolled back; or it is not.
bool depends_on_session(const core::NumberedStatement& numbered) {
  std::string text(core::text_that_runs(numbered.statement));
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return numbered.statement.travel == core::Travel::alone ||
         text.find("last_insert_id") != std::string::npos;
}

}  // namespace

Again sent_again(const core::UnitPart& part, const core::Packet& packet,
                 const UnitProgress& progress) {
  // What waits with table locks keeps others from what they need, and so from going away.
  if (part.locks == core::TableLocks::held) return Again::never;
  switch (part.kind) {
    case core::UnitKind::session:
      // What the file has locked before holds everybody up.
      return progress.done == 0 ? Again::from_there : Again::never;
    case core::UnitKind::statement:
      return Again::from_there;
    case core::UnitKind::transaction: {
      const bool opens_in_it = std::holds_alternative<core::BeginTransaction>(packet.front());
      const bool depends =
          progress.assigns || std::ranges::any_of(part.statements, depends_on_session);
      return opens_in_it && !depends ? Again::all_of_it : Again::never;
    }
    case core::UnitKind::file_transaction:
      break;
  }
  return Again::never;
}

}  // namespace migrate::app
