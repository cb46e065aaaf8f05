DROP TRIGGER imports_batchitem_append_only ON imports_batchitem;
DROP FUNCTION imports_refuse_change();
