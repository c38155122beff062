/** The trash. */
export const trash = {
  'trash.move': 'Move to trash',
  'trash.moved': '{count, plural, one {# photo was moved to the trash.} other {# photos were moved to the trash.}}',
  'trash.restored': '{count, plural, one {# photo is back.} other {# photos are back.}}',
  'trash.restoredSome':
    '{count, plural, one {# photo is back.} other {# photos are back.}} {stayed, plural, one {# stays in the trash because the same picture is in the library.} other {# stay in the trash because the same pictures are in the library.}}',
  'trash.lead':
    '{count, plural, one {# photo} other {# photos}} · {size}. Each is deleted permanently when its time is up.',
  'trash.daysLeft': '{days, plural, =0 {today} one {# day} other {# days}}',
  'trash.restore': 'Restore',
  'trash.deleteForEver': 'Delete permanently…',
  'trash.empty': 'Empty trash…',
  'trash.nothing': 'The trash is empty.',
  'trash.nothingLead': 'Photos, albums, and anything else you delete stay here for 30 days.',
  'trash.sure': 'Delete permanently?',
  'trash.sureLead':
    'Coffer’s copies are deleted and cannot be recovered. Files elsewhere on this computer are not touched.',
  'trash.purge': '{count, plural, one {Delete # photo permanently} other {Delete # photos permanently}}',
  'trash.purged': '{count, plural, one {# photo was deleted permanently.} other {# photos were deleted permanently.}}',
  'trash.itemsLead': '{count, plural, one {# item.} other {# items.}} Each is deleted permanently when its time is up.',
  'trash.items': 'Other items in the trash',
  'trash.views': 'Show',
  'trash.view.photos': '{count, plural, one {# photo} other {# photos}}',
  'trash.view.objects': '{count, plural, one {# other item} other {# other items}}',
  'trash.restoreNamed': 'Restore {name}',
  'trash.itemsRestored': '{count, plural, one {# item is back.} other {# items are back.}}',
  'trash.itemsRestoredSome':
    '{count, plural, one {# item is back.} other {# items are back.}} {stayed, plural, one {# stays in the trash because one like it already exists.} other {# stay in the trash because others like them already exist.}}',
  'trash.itemsMoved': '{count, plural, one {# item was moved to the trash.} other {# items were moved to the trash.}}',
  'trash.sureItems': 'They are deleted from this vault and cannot be recovered. Photos are not touched.',
  'trash.purgeItems': '{count, plural, one {Delete # item permanently} other {Delete # items permanently}}',
  'trash.purgeAll': 'Delete all permanently',
  'trash.sureAll':
    '{count, plural, one {# photo} other {# photos}} and {others, plural, one {# other item} other {# other items}} are in the trash.',
  'trash.itemsPurged':
    '{count, plural, one {# item was deleted permanently.} other {# items were deleted permanently.}}',
  'trash.allPurged': 'The trash was emptied: {count, plural, one {# item} other {# items}}.',
} as const
